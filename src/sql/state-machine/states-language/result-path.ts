/** Where a result is put. Nothing (null of SQL) stands for a place that cannot be set. */
export const resultPath = `
-- A missing field is made, with an object in it where more steps follow. An index must be there.
create function asl.set_at(_value jsonb, _steps text[], _result jsonb) returns jsonb language plpgsql as $$
declare
  here jsonb := asl.follow(_value, _steps[1]);
begin
  if cardinality(_steps) = 0 then
    return _result;
  elsif here is not null or jsonb_typeof(_value) = 'object' and not asl.is_index(_steps[1]) then
    -- Nothing below makes nothing of it all.
    return jsonb_set(
      _value, array[asl.key_of(_steps[1])], asl.set_at(coalesce(here, '{}'), _steps[2:], _result)
    );
  end if;
  return null;
end
$$;

-- The path is that of a state or of a catcher.
create function asl.put_result(_owner jsonb, _input jsonb, _result jsonb) returns jsonb language sql as $$
  select case
    when _owner -> 'ResultPath' = 'null' then _input
    else asl.set_at(_input, asl.steps(coalesce(_owner ->> 'ResultPath', '$')), _result)
  end
$$;

create function asl.result_mismatch(_owner jsonb) returns jsonb language sql immutable as $$
  select asl.failure(
    'States.ResultPathMatchFailure', format('ResultPath %s cannot be set', _owner ->> 'ResultPath')
  )
$$;
`;
