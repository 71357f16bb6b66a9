/** Where a result is put. */
export const resultPath = `
create function asl.go_name(_value jsonb) returns text language sql immutable as $$
  select case jsonb_typeof(_value)
    when 'number' then 'float64'
    when 'boolean' then 'bool'
    when 'null' then '<nil>'
    else jsonb_typeof(_value)
  end
$$;

-- The key in an object, or the place in an array.
create function asl.key_at(_value jsonb, _step text, _path text) returns text language plpgsql as $$
declare
  key text := substr(_step, 2);
begin
  if jsonb_typeof(_value) = 'array' then
    key := asl.position_in(_value, _step);
  end if;
  if key is null then
    perform asl.give_up(format('can not follow out of bounds array index at ''%s''', _path));
  end if;
  return key;
end
$$;

-- What is on the way. What is missing is made. Surprise: an array is made with one null, and a step into that null panics.
create function asl.way_through(_value jsonb, _steps text[], _path text) returns jsonb language plpgsql as $$
declare
  here jsonb := coalesce(
    asl.follow(_value, _steps[1]),
    case when _steps[2] like '[%' then '[null]' else '{}' end::jsonb
  );
begin
  if jsonb_typeof(here) not in ('object', 'array') then
    perform asl.give_up(format('can not follow a %s at ''%s''', asl.go_name(here), _path));
  end if;
  return here;
end
$$;

-- The value is an object or an array, to which the path led. Surprise: where the next step does not fit it, nothing is set.
create function asl.set_at(_value jsonb, _path text, _steps text[], _result jsonb) returns jsonb
language plpgsql as $$
declare
  here text := _path || _steps[1];
  key text;
  result jsonb := _result;
begin
  if (jsonb_typeof(_value) = 'array') <> (_steps[1] like '[%') then
    return _value;
  end if;
  key := asl.key_at(_value, _steps[1], here);
  if cardinality(_steps) > 1 then
    result := asl.set_at(asl.way_through(_value, _steps, here), here, _steps[2:], _result);
  end if;
  return jsonb_set(_value, array[key], result);
end
$$;

-- Surprise: an input that is neither object nor array stays, and the result is lost.
create function asl.apply_result_path(_path text, _input jsonb, _result jsonb) returns jsonb language sql as $$
  select case
    when _path = '$' then _result
    when _path <> '' and jsonb_typeof(_input) in ('object', 'array')
      then asl.set_at(_input, '$', asl.steps(_path), _result)
    else _input
  end
$$;
`;
