/** Branches of a Parallel and iterations of a Map. */
export const parts = `
-- Those of its current attempt.
create function asl.parts_of(_activity asl.activities) returns setof asl.parts language sql stable as $$
  select * from asl.parts
  where activity_id = _activity.id and starts_with(id, asl.attempt_of(_activity) || '/')
$$;

-- Nothing happens where all have begun.
create function asl.start_next_part(_activity asl.activities, _state jsonb) returns void language plpgsql as $$
declare
  part asl.parts;
begin
  update asl.parts set status = 'Running'
  where id = (select id from asl.parts_of(_activity) where status = 'Pending' order by index limit 1)
  returning * into part;
  if found then
    perform asl.start_state(
      part.execution, part.id,
      coalesce(_state -> 'Branches' -> part.index, asl.processor_of(_state)) ->> 'StartAt', part.input
    );
  end if;
end
$$;

create function asl.complete_if_over(_activity asl.activities) returns void language plpgsql as $$
begin
  if not exists (select from asl.parts_of(_activity) where status in ('Pending', 'Running')) then
    perform asl.complete(_activity, (
      select coalesce(jsonb_agg(output order by index) filter (where status = 'Succeeded'), '[]')
      from asl.parts_of(_activity)
    ));
  end if;
end
$$;

-- Without any, it is over at once.
create function asl.begin_parts(_activity asl.activities, _state jsonb, _plan jsonb) returns void
language plpgsql as $$
declare
  every integer := jsonb_array_length(_plan -> 'inputs');
  concurrency integer := (_plan -> 'concurrency')::integer;
begin
  insert into asl.parts (id, execution, activity_id, kind, index, input, item, status)
  select
    format('%s/%s', asl.attempt_of(_activity), index), _activity.execution, _activity.id,
    case _state ->> 'Type' when 'Map' then 'iteration' else 'branch' end,
    index, _plan -> 'inputs' -> index, _plan -> 'items' -> index, 'Pending'
  from generate_series(0, every - 1) as index;
  for started in 1..least(coalesce(nullif(concurrency, 0), every), every) loop
    perform asl.start_next_part(_activity, _state);
  end loop;
  perform asl.complete_if_over(_activity);
end
$$;

-- What the whole activity fails with; nothing where the failure of the part is tolerated.
create function asl.failure_of_all(_activity asl.activities, _state jsonb, _failure jsonb) returns jsonb
language plpgsql as $$
declare
  context jsonb := asl.context_of(_activity, _state);
  input jsonb := asl.input_of(_activity, _state);
  most numeric := asl.number_of(_state, 'ToleratedFailureCount', input, context);
  percentage numeric := asl.number_of(_state, 'ToleratedFailurePercentage', input, context);
  failed bigint := (select count(*) from asl.parts_of(_activity) where status = 'Failed');
  every bigint := (select count(*) from asl.parts_of(_activity));
begin
  if failed > most or failed * 100 > percentage * every then
    return asl.failure('States.ExceedToleratedFailureThreshold', null);
  elsif num_nonnulls(most, percentage) = 0 then
    return _failure;
  end if;
  return null;
end
$$;

-- Its activity is running, as long as it is.
create function asl.end_part(_payload jsonb) returns boolean language plpgsql as $$
declare
  part asl.parts;
  activity asl.activities;
  state jsonb;
  failure jsonb;
begin
  update asl.parts
  set status = case when _payload ? 'error' then 'Failed' else 'Succeeded' end, output = _payload -> 'output'
  where id = _payload ->> 'part_id' and status = 'Running'
  returning * into part;
  if not found then
    return false;
  end if;
  activity := asl.activity_of(part.activity_id);
  state := asl.state_of(activity);
  if _payload ? 'error' then
    failure := asl.failure_of_all(activity, state, asl.failure(_payload ->> 'error', _payload ->> 'cause'));
  end if;
  if failure is not null then
    perform asl.fail(activity, failure);
  else
    perform asl.start_next_part(activity, state);
    perform asl.complete_if_over(activity);
  end if;
  return true;
end
$$;
`;
