/** Paths into values. Nothing (null of SQL) stands for what is not found. */
export const paths = `
create function asl.is_path(_text text) returns boolean language sql immutable as $$
  select _text ~ '^[$][$]?([.][A-Za-z_0-9-]+|[[](0|[1-9][0-9]{0,8})[]]|[[]''[^''\\\\]*''[]])*$'
$$;

create function asl.looks_into_context(_path text) returns boolean language sql immutable as $$
  select _path ~ '^[$]{2}'
$$;

-- A field's name decides which paths it takes.
create function asl.is_path_of(_field text, _text text) returns boolean language sql immutable as $$
  select asl.is_path(_text) and not (_field = 'ResultPath' and asl.looks_into_context(_text))
$$;

-- Each with what it begins with: '.name', '[0]', '[''name'']'.
create function asl.steps(_path text) returns text[] language sql immutable as $$
  select array(
    select step[1] from regexp_matches(_path, '[.][A-Za-z_0-9-]+|[[][0-9]+[]]|[[]''[^'']*''[]]', 'g') as step
  )
$$;

create function asl.is_index(_step text) returns boolean language sql immutable as $$
  select _step ~ '^[[][0-9]'
$$;

-- A name, or the digits of an index.
create function asl.key_of(_step text) returns text language sql immutable as $$
  select regexp_replace(_step, '^[.]|^[[]''?|''?[]]$', '', 'g')
$$;

create function asl.follow(_value jsonb, _step text) returns jsonb language sql immutable as $$
  select case
    when not asl.is_index(_step) then _value -> asl.key_of(_step)
    -- For SQL, a text or a number has an item as well.
    when jsonb_typeof(_value) = 'array' then _value -> asl.key_of(_step)::integer
  end
$$;

create function asl.find(_path text, _value jsonb, _context jsonb) returns jsonb language plpgsql immutable as $$
declare
  here jsonb := case when asl.looks_into_context(_path) then _context else _value end;
  step text;
begin
  foreach step in array asl.steps(_path) loop
    here := asl.follow(here, step);
  end loop;
  return here;
end
$$;

create function asl.read_path(_field text, _path text, _value jsonb, _context jsonb) returns jsonb
language plpgsql as $$
declare
  found_there jsonb := asl.find(_path, _value, _context);
begin
  if found_there is null then
    perform asl.selects_nothing(_field, _path);
  end if;
  return found_there;
end
$$;

-- InputPath and OutputPath.
create function asl.apply_path(_state jsonb, _field text, _value jsonb, _context jsonb) returns jsonb
language sql as $$
  select case
    when _state -> _field = 'null' then '{}'
    else asl.read_path(_field, coalesce(_state ->> _field, '$'), _value, _context)
  end
$$;
`;
