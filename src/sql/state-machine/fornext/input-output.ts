/** What states make of their input and their output. */
export const inputOutput = `
-- Surprise: a path of JSON null counts as none.
create function asl.path_of(_state jsonb, _name text) returns text language sql immutable as $$
  select coalesce(_state ->> _name, '$')
$$;

create function asl.apply_input(_state jsonb, _input jsonb) returns jsonb language plpgsql as $$
declare
  input jsonb := _input;
begin
  if _state ->> 'Type' <> 'Fail' then
    input := asl.read_path(asl.path_of(_state, 'InputPath'), _input, null);
  end if;
  if _state ->> 'Type' in ('Pass', 'Task', 'Parallel') and _state ->> 'Parameters' is not null then
    perform asl.read_context();
  end if;
  return input;
end
$$;

-- The value of a key that ends with '.$'.
create function asl.select_value(_value jsonb, _output jsonb) returns jsonb language plpgsql as $$
declare
  asked text := _value #>> '{}';
begin
  if jsonb_typeof(_value) <> 'string' then
    perform asl.give_up('key with .$ suffix, it value must be string');
  elsif asked like 'States.%' then
    perform asl.give_up('not support Instrinsic now');
  elsif asked not like '$%' then
    perform asl.give_up('key with .$ suffix, it value must be Path or Instrinsic');
  end if;
  return asl.read_path(asked, _output, '{}');
end
$$;

create function asl.fill_template(_template jsonb, _output jsonb) returns jsonb language plpgsql as $$
declare
  filled jsonb := _template;
begin
  if jsonb_typeof(_template) = 'array' then
    select coalesce(jsonb_agg(asl.fill_template(value, _output)), '[]') into filled
    from jsonb_array_elements(_template);
  elsif jsonb_typeof(_template) = 'object' then
    select coalesce(jsonb_object_agg(
      case when key like '%.$' then left(key, -2) else key end,
      case when key like '%.$' then asl.select_value(value, _output) else asl.fill_template(value, _output) end
    ), '{}') into filled
    from jsonb_each(_template);
  end if;
  return filled;
end
$$;

-- Surprise: only the selector of a Map works.
create function asl.apply_selector(_state jsonb, _output jsonb) returns jsonb language plpgsql as $$
declare
  refused text := case _state ->> 'Type'
    when 'Pass' then _state ->> 'Result'
    when 'Task' then _state ->> 'ResultSelector'
    when 'Parallel' then _state ->> 'ResultSelector'
  end;
begin
  if refused is not null then
    perform asl.read_context();
  end if;
  if _state ->> 'Type' = 'Map' and _state ->> 'ResultSelector' is not null then
    return asl.fill_template(_state -> 'ResultSelector', _output);
  end if;
  return _output;
end
$$;

create function asl.apply_output(_state jsonb, _input jsonb, _output jsonb) returns jsonb language plpgsql as $$
declare
  output jsonb := asl.apply_selector(_state, _output);
begin
  if _state ->> 'Type' in ('Pass', 'Task', 'Parallel', 'Map') then
    output := asl.apply_result_path(asl.path_of(_state, 'ResultPath'), _input, output);
  end if;
  if _state ->> 'Type' <> 'Fail' then
    output := asl.read_path(
      asl.path_of(_state, 'OutputPath'), output, case _state ->> 'Type' when 'Map' then '{}' end::jsonb
    );
  end if;
  return output;
end
$$;

-- Both give nothing where they panic.
create function asl.input_or_panic(_executor bigint, _state jsonb, _input jsonb, out input jsonb) language plpgsql as $$
begin
  input := asl.apply_input(_state, _input);
exception when sqlstate 'ASL01' then
  perform asl.panic(_executor, sqlerrm);
end
$$;

create function asl.output_or_panic(_executor bigint, _state jsonb, _input jsonb, _output jsonb, out output jsonb)
language plpgsql as $$
begin
  output := asl.apply_output(_state, _input, _output);
exception when sqlstate 'ASL01' then
  perform asl.panic(_executor, sqlerrm);
end
$$;
`;
