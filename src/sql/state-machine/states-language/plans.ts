/** What comes of running a state: all that it reads is read before anything is written. */
export const plans = `
create function asl.effective_input(_state jsonb, _input jsonb, _context jsonb) returns jsonb language sql as $$
  select coalesce(asl.apply_template(_state, 'Parameters', _input, _context), _input)
$$;

create function asl.text_of(_state jsonb, _field text, _input jsonb, _context jsonb) returns text
language plpgsql as $$
declare
  path_field text := _field || 'Path';
  path text := _state ->> path_field;
  value jsonb;
begin
  if path is null then
    return _state ->> _field;
  end if;
  value := asl.read_path(path_field, path, _input, _context);
  if jsonb_typeof(value) <> 'string' then
    perform asl.cannot_use(path_field, path);
  end if;
  return value #>> '{}';
end
$$;

create function asl.plan_fail(_state jsonb, _input jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  error text := asl.text_of(_state, 'Error', _input, _context);
  cause text := asl.text_of(_state, 'Cause', _input, _context);
begin
  return asl.failure(error, cause);
end
$$;

create function asl.plan_wait(_state jsonb, _input jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  seconds numeric := asl.number_of(_state, 'Seconds', _input, _context);
  due timestamptz := coalesce(
    now() + make_interval(secs => seconds), asl.timestamp_of(_state, _input, _context)
  );
begin
  if due <= now() then
    return jsonb_build_object('result', _input);
  end if;
  return jsonb_build_object('due', due);
end
$$;

create function asl.plan_task(_state jsonb, _input jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  timeout integer := asl.number_of(_state, 'TimeoutSeconds', _input, _context);
  heartbeat integer := asl.number_of(_state, 'HeartbeatSeconds', _input, _context);
begin
  return jsonb_build_object(
    'timeout', timeout, 'heartbeat', heartbeat, 'input', asl.effective_input(_state, _input, _context)
  );
end
$$;

create function asl.plan_parallel(_state jsonb, _input jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  input jsonb := asl.effective_input(_state, _input, _context);
begin
  return jsonb_build_object(
    'inputs', array(select input from jsonb_array_elements(_state -> 'Branches')), 'concurrency', 0
  );
end
$$;

create function asl.item_input(_state jsonb, _input jsonb, _context jsonb, _index integer, _item jsonb)
returns jsonb language plpgsql as $$
declare
  context jsonb := _context || asl.map_context(_index, _item);
begin
  return coalesce(
    asl.apply_template(_state, 'ItemSelector', _input, context),
    asl.apply_template(_state, 'Parameters', _input, context),
    _item
  );
end
$$;

create function asl.plan_map(_state jsonb, _input jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  path text := coalesce(_state ->> 'ItemsPath', '$');
  items jsonb := asl.read_path('ItemsPath', path, _input, _context);
  concurrency integer;
begin
  if jsonb_typeof(items) <> 'array' then
    perform asl.cannot_use('ItemsPath', path);
  end if;
  concurrency := coalesce(asl.number_of(_state, 'MaxConcurrency', _input, _context), 0);
  -- Those two count only once something has failed.
  perform asl.number_of(_state, 'ToleratedFailureCount', _input, _context);
  perform asl.number_of(_state, 'ToleratedFailurePercentage', _input, _context);
  return jsonb_build_object('inputs', array(
    select asl.item_input(_state, _input, _context, (position - 1)::integer, item)
    from jsonb_array_elements(items) with ordinality as each (item, position)
  ), 'items', items, 'concurrency', concurrency);
end
$$;

create function asl.plan(_activity asl.activities, _state jsonb) returns jsonb language plpgsql as $$
declare
  type text := _state ->> 'Type';
  context jsonb := asl.context_of(_activity, _state);
  input jsonb := asl.input_of(_activity, _state);
  effective jsonb;
begin
  if type = 'Fail' then
    return asl.plan_fail(_state, input, context);
  elsif type = 'Choice' then
    return jsonb_build_object('result', input, 'target', asl.choose(_state, input, context));
  elsif type = 'Wait' then
    return asl.plan_wait(_state, input, context);
  elsif type = 'Task' then
    return asl.plan_task(_state, input, context);
  elsif type = 'Parallel' then
    return asl.plan_parallel(_state, input, context);
  elsif type = 'Map' then
    return asl.plan_map(_state, input, context);
  end if;
  effective := asl.effective_input(_state, input, context);
  return jsonb_build_object('result', coalesce(_state -> 'Result', effective));
end
$$;

create function asl.plan_or_failure(_activity asl.activities, _state jsonb) returns jsonb language plpgsql as $$
begin
  return asl.plan(_activity, _state);
exception when sqlstate 'ASL01' then
  return sqlerrm::jsonb;
end
$$;
`;
