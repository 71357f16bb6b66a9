/** What a state computes with. */
export const context = `
create function asl.attempt_of(_activity asl.activities) returns text language sql immutable as $$
  select format('%s#%s', _activity.id, _activity.attempts)
$$;

create function asl.map_context(_index integer, _item jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('Map', jsonb_build_object(
    'Item', jsonb_build_object('Index', _index, 'Value', _item)
  ))
$$;

-- Of the nearest iteration that it is in, which has the longest id.
create function asl.map_context_of(_id text) returns jsonb language sql stable as $$
  select asl.map_context(index, item)
  from asl.parts
  where kind = 'iteration' and starts_with(_id, id || '/')
  order by length(id) desc
  limit 1
$$;

create function asl.context_of(_activity asl.activities, _state jsonb) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'Execution', jsonb_build_object(
      'Id', execution::text, 'Input', input, 'Name', execution::text, 'StartTime', asl.iso(started_at)
    ),
    'State', jsonb_build_object(
      'EnteredTime', asl.iso(_activity.entered_at), 'Name', _activity.state_name,
      'RetryCount', _activity.attempts - 1
    ),
    'StateMachine', jsonb_build_object('Id', machine, 'Name', machine)
  ) || case _state ->> 'Type'
    when 'Task' then jsonb_build_object('Task', jsonb_build_object('Token', asl.attempt_of(_activity)))
    else '{}'
  end || coalesce(asl.map_context_of(_activity.id), '{}')
  from asl.executions
  where execution = _activity.execution
$$;

create function asl.input_of(_activity asl.activities, _state jsonb) returns jsonb language sql as $$
  select asl.apply_path(_state, 'InputPath', _activity.input, asl.context_of(_activity, _state))
$$;

create function asl.suits(_field text, _value jsonb) returns boolean language sql immutable as $$
  select case
    when jsonb_typeof(_value) <> 'number' then false
    when _field = 'ToleratedFailurePercentage' then _value::numeric between 0 and 100
    else trunc(_value::numeric) = _value::numeric
      and _value::numeric between (_field in ('TimeoutSeconds', 'HeartbeatSeconds'))::integer and 99999999
  end
$$;

-- What the field says, or what its path selects; nothing where the state has neither.
create function asl.number_of(_state jsonb, _field text, _input jsonb, _context jsonb) returns numeric
language plpgsql as $$
declare
  path_field text := _field || 'Path';
  path text := _state ->> path_field;
  value jsonb;
begin
  if path is null then
    return (_state -> _field)::numeric;
  end if;
  value := asl.read_path(path_field, path, _input, _context);
  if not asl.suits(_field, value) then
    perform asl.cannot_use(path_field, path);
  end if;
  return value::numeric;
end
$$;

create function asl.timestamp_of(_state jsonb, _input jsonb, _context jsonb) returns timestamptz
language plpgsql as $$
declare
  path text := _state ->> 'TimestampPath';
  value jsonb := coalesce(_state -> 'Timestamp', asl.read_path('TimestampPath', path, _input, _context));
begin
  if not asl.is_timestamp(value) then
    perform asl.cannot_use('TimestampPath', path);
  end if;
  return asl.instant(value);
end
$$;
`;
