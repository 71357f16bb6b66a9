/** How executions and their states start. A message that comes again writes what it wrote before, but counts its parts anew. */
export const starting = `
-- The clock gives each activity its id.
create function asl.push_start(
  _executor bigint, _execution_id text, _state_name text, _parent jsonb, _input jsonb
) returns void language sql as $$
  select asl.push(_executor, 'StartState', jsonb_build_object(
    'activity_id', _execution_id || '/' || asl.next_string(_executor),
    'execution_id', _execution_id,
    'state_name', _state_name,
    'input', _input
  ) || _parent)
$$;

create function asl.start_execution(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  definition jsonb;
begin
  if not asl.push(_executor, 'ExecutionStarted', jsonb_build_object('id', _payload -> 'id')) then
    return;
  end if;
  insert into asl.executions (executor, id, input, status, timestamp, workflow_id)
  values (_executor, _payload ->> 'id', _payload -> 'input', 'Running', _payload ->> 'timestamp', 'example')
  on conflict do nothing;
  select machines.definition into definition
  from asl.executors join asl.machines on machines.machine = executors.machine
  where executor = _executor;
  perform asl.push_start(
    _executor, _payload ->> 'id', coalesce(definition ->> 'StartAt', ''), '{}', _payload -> 'input'
  );
end
$$;

-- A state without others in it. Surprise: the clock is asked whether or not anything is named.
create function asl.start_single(_executor bigint, _activity_id text, _state jsonb, _input jsonb) returns void
language plpgsql as $$
declare
  drawn text := asl.next_string(_executor);
  input jsonb := asl.input_or_panic(_executor, _state, _input);
begin
  if input is null then
    return;
  end if;
  if _state ->> 'Type' in ('Task', 'Wait') then
    perform asl.push(_executor, 'CreateTask', jsonb_build_object(
      'id', '/tenant/namespace/t/' || drawn,
      'activity_id', _activity_id,
      'resource', case _state ->> 'Type' when 'Wait' then '__sleep' else coalesce(_state ->> 'Resource', '') end,
      'input', input
    ));
  else
    perform asl.push(_executor, 'CompleteState', jsonb_build_object('activity_id', _activity_id, 'output', input));
  end if;
end
$$;

create function asl.expect_outputs(_executor bigint, _activity_id text, _max integer) returns void language sql as $$
  update asl.activities
  set max = _max, done = 0, outputs = '[]'
  where executor = _executor and id = _activity_id
$$;

-- Surprise: without branches it waits for ever. It knows how many there are before it looks at its input.
create function asl.start_branches(_executor bigint, _activity_id text, _state jsonb, _input jsonb) returns void
language plpgsql as $$
declare
  branches integer := (select count(*) from asl.machines_within(_state));
  input jsonb;
begin
  perform asl.expect_outputs(_executor, _activity_id, branches);
  input := asl.input_or_panic(_executor, _state, _input);
  if input is null then
    return;
  end if;
  for place in 0..branches - 1 loop
    perform asl.push(_executor, 'StartBranch', jsonb_build_object(
      'branch_id', _activity_id || '/b' || place, 'activity_id', _activity_id, 'index', place, 'input', input
    ));
  end loop;
end
$$;

-- Surprise: without items it waits for ever.
create function asl.start_iterations(_executor bigint, _activity_id text, _state jsonb, _input jsonb) returns void
language plpgsql as $$
declare
  items jsonb := asl.input_or_panic(_executor, _state, _input);
begin
  if items is null then
    return;
  end if;
  if jsonb_typeof(items) = 'null' then
    items := '[]';
  elsif jsonb_typeof(items) <> 'array' then
    perform asl.panic(_executor, format(
      'json: cannot unmarshal %s into Go value of type []interface {}',
      case jsonb_typeof(items) when 'boolean' then 'bool' else jsonb_typeof(items) end
    ));
    return;
  end if;
  perform asl.expect_outputs(_executor, _activity_id, jsonb_array_length(items));
  for place in 0..jsonb_array_length(items) - 1 loop
    perform asl.push(_executor, 'StartIteration', jsonb_build_object(
      'iteration_id', _activity_id || '/i' || place, 'activity_id', _activity_id, 'index', place,
      'input', items -> place
    ));
  end loop;
end
$$;

create function asl.start_state(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  activity_id text := _payload ->> 'activity_id';
  state jsonb := asl.state_named(_executor, _payload ->> 'state_name');
begin
  if not asl.push(_executor, 'StateStarted', jsonb_build_object('activity_id', activity_id)) then
    return;
  end if;
  insert into asl.activities (
    executor, id, execution_id, state_name, parent_branch_id, parent_iteration_id, input
  ) values (
    _executor, activity_id, _payload ->> 'execution_id', _payload ->> 'state_name',
    _payload ->> 'parent_branch_id', _payload ->> 'parent_iteration_id', _payload -> 'input'
  ) on conflict do nothing;
  if state is null then
    perform asl.panic(_executor, 'unsupport state <nil>');
  elsif state ->> 'Type' = 'Parallel' then
    perform asl.start_branches(_executor, activity_id, state, _payload -> 'input');
  elsif state ->> 'Type' = 'Map' then
    perform asl.start_iterations(_executor, activity_id, state, _payload -> 'input');
  else
    perform asl.start_single(_executor, activity_id, state, _payload -> 'input');
  end if;
end
$$;
`;
