/** Templates: values in which a key that ends in '.$' has a path. */
export const templates = `
create function asl.has_path(_key text) returns boolean language sql immutable as $$
  select _key like '%.$'
$$;

-- What is directly in it. Items of an array have no key.
create function asl.children(_value jsonb) returns table (key text, value jsonb) language sql immutable as $$
  select key, value from jsonb_each(case jsonb_typeof(_value) when 'object' then _value end)
  union all
  select '', value from jsonb_array_elements(case jsonb_typeof(_value) when 'array' then _value end) as value
$$;

-- The keys with a path, wherever in the template.
create function asl.paths_in(_template jsonb) returns table (key text, value jsonb) language sql immutable as $$
  with recursive place (key, value) as (
    select '', _template
    union all
    select child.key, child.value
    from place cross join asl.children(place.value) as child
    where not asl.has_path(place.key)
  )
  select key, value from place where asl.has_path(key)
$$;

create function asl.fill(_template jsonb, _value jsonb, _context jsonb) returns jsonb language plpgsql as $$
declare
  filled jsonb := _template;
begin
  if jsonb_typeof(_template) = 'array' then
    select coalesce(jsonb_agg(asl.fill(value, _value, _context)), '[]') into filled
    from jsonb_array_elements(_template);
  elsif jsonb_typeof(_template) = 'object' then
    -- Where two keys become one, the last counts.
    select coalesce(jsonb_object_agg(
      case when asl.has_path(key) then left(key, -2) else key end,
      case
        when asl.has_path(key) then asl.find(value #>> '{}', _value, _context)
        else asl.fill(value, _value, _context)
      end
      order by asl.has_path(key)
    ), '{}') into filled
    from jsonb_each(_template);
  end if;
  return filled;
end
$$;

-- Nothing where the state has no such template.
create function asl.apply_template(_state jsonb, _field text, _value jsonb, _context jsonb) returns jsonb
language plpgsql as $$
declare
  missing text := (
    select min((value #>> '{}') collate "C")
    from asl.paths_in(_state -> _field)
    where asl.find(value #>> '{}', _value, _context) is null
  );
begin
  if missing is not null then
    perform asl.give_up('States.ParameterPathFailure', format('%s: %s selects nothing', _field, missing));
  end if;
  return asl.fill(_state -> _field, _value, _context);
end
$$;
`;
