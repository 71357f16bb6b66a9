/** How activities fail: they are tried once more, or it is caught, or what they are in fails. */
export const failing = `
create function asl.is_handled(_names jsonb, _error text) returns boolean language sql immutable as $$
  select _names ? _error
    or _names ? 'States.ALL' and _error is distinct from 'States.DataLimitExceeded'
    or _names ? 'States.TaskFailed'
      and coalesce(_error, '') not in ('States.Timeout', 'States.DataLimitExceeded')
$$;

-- Which of the handlers, from 1. Nothing where there is none.
create function asl.handler_for(_handlers jsonb, _error text) returns integer language sql immutable as $$
  select min(position)
  from jsonb_array_elements(_handlers) with ordinality as each (handler, position)
  where asl.is_handled(handler -> 'ErrorEquals', _error) and _error is distinct from 'States.Runtime'
$$;

-- In milliseconds. Surprise: in floating point, and beyond the most the factor does not count any more.
create function asl.delay_of(_retrier jsonb, _retries integer, _jitter integer) returns bigint
language plpgsql immutable as $$
declare
  seconds float8 := coalesce(_retrier ->> 'IntervalSeconds', '1');
  rate float8 := coalesce(_retrier ->> 'BackoffRate', '2');
  most float8 := coalesce(_retrier ->> 'MaxDelaySeconds', '31622400');
  delay bigint;
begin
  for retry in 1.._retries loop
    exit when seconds >= most;
    seconds := seconds * rate;
  end loop;
  -- So that 1.4 times 1.4 is 1.96, and no millisecond less.
  delay := floor(least(seconds, most) * 1000 + 0.000001);
  return case _retrier ->> 'JitterStrategy' when 'FULL' then delay * _jitter / 1000 else delay end;
end
$$;

create function asl.retry_later(_activity asl.activities, _retrier jsonb, _place integer) returns void
language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_activity.execution);
  delay bigint := asl.delay_of(_retrier, _activity.retries[_place], own.jitter);
begin
  update asl.activities
  set status = 'Retrying', retries[_place] = retries[_place] + 1
  where id = _activity.id;
  perform asl.set_timer(
    _activity.execution, _activity.id, 'retry', now() + delay * interval '1 millisecond'
  );
end
$$;

create function asl.end_failed(_activity asl.activities, _failure jsonb) returns void language plpgsql as $$
begin
  update asl.activities set status = 'Failed' where id = _activity.id;
  if _failure ->> 'error' = 'States.Runtime' then
    perform asl.end_execution(_activity.execution, _failure);
  else
    perform asl.end_machine(_activity, _failure);
  end if;
end
$$;

create function asl.catch(_activity asl.activities, _catcher jsonb, _failure jsonb) returns void
language plpgsql as $$
declare
  output jsonb := asl.put_result(_catcher, _activity.input, jsonb_strip_nulls(
    jsonb_build_object('Error', _failure -> 'error', 'Cause', _failure -> 'cause')
  ));
begin
  if output is null then
    perform asl.end_failed(_activity, asl.result_mismatch(_catcher));
    return;
  end if;
  update asl.activities set status = 'Caught' where id = _activity.id;
  perform asl.start_state(_activity.execution, _activity.part_id, _catcher ->> 'Next', output);
end
$$;

-- A retrier that is used up is as if there was none: those behind it do not count.
create function asl.fail(_activity asl.activities, _failure jsonb) returns void language plpgsql as $$
declare
  state jsonb := asl.state_of(_activity);
  retry_place integer := asl.handler_for(state -> 'Retry', _failure ->> 'error');
  catch_place integer := asl.handler_for(state -> 'Catch', _failure ->> 'error');
  retrier jsonb := state -> 'Retry' -> (retry_place - 1);
begin
  perform asl.abort_below(asl.attempt_of(_activity));
  if _activity.retries[retry_place] < coalesce((retrier -> 'MaxAttempts')::integer, 3) then
    perform asl.retry_later(_activity, retrier, retry_place);
  elsif catch_place is not null then
    perform asl.catch(_activity, state -> 'Catch' -> (catch_place - 1), _failure);
  else
    perform asl.end_failed(_activity, _failure);
  end if;
end
$$;
`;
