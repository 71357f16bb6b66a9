/** Paths into values. Nothing (null of SQL) stands for what is not found. */
export const paths = `
-- Ends a computation: whoever began it makes a panic of that.
create function asl.give_up(_words text) returns void language plpgsql as $$
begin
  raise exception using errcode = 'ASL01', message = _words;
end
$$;

-- Surprise: the context is an empty text, which is no JSON. Whatever looks into it ends so.
create function asl.read_context() returns void language sql as $$
  select asl.give_up('unexpected end of JSON input')
$$;

-- Each with what it begins with: '.name', '[0]'.
create function asl.steps(_path text) returns text[] language sql immutable as $$
  select array(select step[1] from regexp_matches(_path, '[.][A-Za-z_0-9]+|[[]-?[0-9]+[]]', 'g') as step)
$$;

-- Negative ones count from the end. Nothing where it is out of bounds.
create function asl.position_in(_array jsonb, _step text, out place integer) language plpgsql immutable as $$
declare
  asked numeric := trim(both '[]' from _step);
begin
  if asked < 0 then
    asked := asked + jsonb_array_length(_array);
  end if;
  if asked >= 0 and asked < jsonb_array_length(_array) then
    place := asked;
  end if;
end
$$;

create function asl.follow(_value jsonb, _step text) returns jsonb language sql immutable as $$
  select case
    when _step like '.%' then _value -> substr(_step, 2)
    -- For SQL, a text or a number has an item as well.
    when jsonb_typeof(_value) = 'array' then _value -> asl.position_in(_value, _step)
  end
$$;

create function asl.find(_value jsonb, _path text) returns jsonb language plpgsql immutable as $$
declare
  here jsonb := _value;
  step text;
begin
  foreach step in array asl.steps(_path) loop
    here := asl.follow(here, step);
  end loop;
  return here;
end
$$;

-- The context is null where it is an empty text.
create function asl.read_path(_path text, _value jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  here jsonb := _value;
begin
  if _path = '' then
    return '{}';
  end if;
  if _path ~ '^[$][$]' then
    if _context is null then
      perform asl.read_context();
    end if;
    here := _context;
  end if;
  here := asl.find(here, _path);
  if here is null then
    perform asl.give_up('must at least one element InputPath, got 0');
  end if;
  return here;
end
$$;
`;
