/** How activities complete. */
export const completing = `
create function asl.exceeds_limit(_output jsonb) returns boolean language sql immutable as $$
  select octet_length(_output::text) > 262144
$$;

-- A state has only those fields that its type has: without them, the result is the output.
create function asl.output_of(_activity asl.activities, _state jsonb, _result jsonb) returns jsonb
language plpgsql as $$
declare
  context jsonb := asl.context_of(_activity, _state);
  output jsonb := coalesce(asl.apply_template(_state, 'ResultSelector', _result, context), _result);
  mismatch jsonb := asl.result_mismatch(_state);
begin
  output := asl.put_result(_state, _activity.input, output);
  if output is null then
    perform asl.give_up(mismatch ->> 'error', mismatch ->> 'cause');
  end if;
  output := asl.apply_path(_state, 'OutputPath', output, context);
  if asl.exceeds_limit(output) then
    perform asl.give_up('States.DataLimitExceeded', null);
  end if;
  return output;
end
$$;

-- What an activity ends with: an output, or a failure.
create function asl.ending_of(_activity asl.activities, _state jsonb, _result jsonb) returns jsonb
language plpgsql as $$
begin
  return jsonb_build_object('output', asl.output_of(_activity, _state, _result));
exception when sqlstate 'ASL01' then
  return sqlerrm::jsonb;
end
$$;

-- Without a target, it is the last of its machine.
create function asl.complete_with(_activity asl.activities, _ending jsonb, _target text) returns void
language plpgsql as $$
begin
  if _ending ? 'error' then
    perform asl.fail(_activity, _ending);
    return;
  end if;
  update asl.activities set status = 'Succeeded' where id = _activity.id;
  if _target is null then
    perform asl.end_machine(_activity, _ending);
  else
    perform asl.start_state(_activity.execution, _activity.part_id, _target, _ending -> 'output');
  end if;
end
$$;

-- A Choice has chosen its target, other states have a Next.
create function asl.complete(_activity asl.activities, _result jsonb, _chosen text = null) returns void
language plpgsql as $$
declare
  state jsonb := asl.state_of(_activity);
begin
  perform asl.complete_with(
    _activity, asl.ending_of(_activity, state, _result), coalesce(_chosen, state ->> 'Next')
  );
end
$$;
`;
