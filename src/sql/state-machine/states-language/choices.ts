/** Which state follows a Choice. */
export const choices = `
create function asl.is_comparison(_key text) returns boolean language sql immutable as $$
  select _key ~ ('^((String|Numeric|Timestamp)(Equals|(Less|Greater)Than(Equals)?)|BooleanEquals)(Path)?$'
    || '|^StringMatches$|^Is(Null|Present|Numeric|String|Boolean|Timestamp)$')
$$;

create function asl.comparison_of(_rule jsonb) returns text language sql immutable as $$
  select key from jsonb_object_keys(_rule) as key where asl.is_comparison(key)
$$;

create function asl.is_of_kind(_value jsonb, _kind text) returns boolean language sql stable as $$
  select case _kind
    when 'Timestamp' then asl.is_timestamp(_value)
    when 'Numeric' then jsonb_typeof(_value) = 'number'
    else jsonb_typeof(_value) = lower(_kind)
  end
$$;

create function asl.is_less(_one jsonb, _other jsonb, _kind text) returns boolean language sql immutable as $$
  select case _kind
    when 'Numeric' then _one::numeric < _other::numeric
    when 'Timestamp' then asl.instant(_one) < asl.instant(_other)
    else (_one #>> '{}') collate "C" < (_other #>> '{}') collate "C"
  end
$$;

-- The same pattern for like.
create function asl.like_pattern(_pattern text) returns text language sql immutable as $$
  select coalesce(string_agg(
    case
      when piece[1] = '*' then '%'
      when piece[1] in ('%', '_', '\\') then '\\' || piece[1]
      when piece[1] = '\\*' then '*'
      else piece[1]
    end, ''
  ), '')
  from regexp_matches(_pattern, '\\\\[*\\\\]|.', 'g') as piece
$$;

create function asl.holds(_one jsonb, _relation text, _other jsonb, _kind text) returns boolean
language sql immutable as $$
  select case _relation
    when 'Equals' then not asl.is_less(_one, _other, _kind) and not asl.is_less(_other, _one, _kind)
    when 'LessThan' then asl.is_less(_one, _other, _kind)
    when 'GreaterThan' then asl.is_less(_other, _one, _kind)
    when 'LessThanEquals' then not asl.is_less(_other, _one, _kind)
    when 'GreaterThanEquals' then not asl.is_less(_one, _other, _kind)
    when 'Matches' then (_one #>> '{}') like asl.like_pattern(_other #>> '{}')
  end
$$;

-- Of a value that is there.
create function asl.compares(_rule jsonb, _comparison text, _found jsonb, _input jsonb, _context jsonb)
returns boolean language plpgsql as $$
declare
  kind text := substring(_comparison from '^(?:String|Numeric|Timestamp|Boolean)');
  other jsonb := _rule -> _comparison;
begin
  if _comparison like '%Path' then
    other := asl.read_path(_comparison, _rule ->> _comparison, _input, _context);
  end if;
  return case
    when asl.is_of_kind(_found, kind) and asl.is_of_kind(other, kind)
      then asl.holds(_found, regexp_replace(_comparison, '^' || kind || '|Path$', '', 'g'), other, kind)
    else false
  end;
end
$$;

create function asl.matches_variable(_rule jsonb, _input jsonb, _context jsonb) returns boolean
language plpgsql as $$
declare
  comparison text := asl.comparison_of(_rule);
  found_there jsonb := asl.find(_rule ->> 'Variable', _input, _context);
begin
  if comparison = 'IsPresent' then
    return (found_there is not null) = (_rule -> comparison)::boolean;
  elsif found_there is null then
    perform asl.selects_nothing('Variable', _rule ->> 'Variable');
  elsif comparison like 'Is%' then
    return asl.is_of_kind(found_there, substr(comparison, 3)) = (_rule -> comparison)::boolean;
  end if;
  return asl.compares(_rule, comparison, found_there, _input, _context);
end
$$;

-- Whether one of them gives that. Those behind it are not looked at, so that they cannot fail.
create function asl.any_gives(_rules jsonb, _answer boolean, _input jsonb, _context jsonb) returns boolean
language plpgsql as $$
declare
  rule record;
begin
  for rule in select value from jsonb_array_elements(_rules) loop
    if asl.matches(rule.value, _input, _context) = _answer then
      return true;
    end if;
  end loop;
  return false;
end
$$;

create function asl.matches(_rule jsonb, _input jsonb, _context jsonb) returns boolean language plpgsql as $$
begin
  if _rule ? 'And' then
    return not asl.any_gives(_rule -> 'And', false, _input, _context);
  elsif _rule ? 'Or' then
    return asl.any_gives(_rule -> 'Or', true, _input, _context);
  elsif _rule ? 'Not' then
    return not asl.matches(_rule -> 'Not', _input, _context);
  end if;
  return asl.matches_variable(_rule, _input, _context);
end
$$;

create function asl.choose(_state jsonb, _input jsonb, _context jsonb) returns text language plpgsql as $$
declare
  rule record;
begin
  for rule in select value from jsonb_array_elements(_state -> 'Choices') loop
    if asl.matches(rule.value, _input, _context) then
      return rule.value ->> 'Next';
    end if;
  end loop;
  if not _state ? 'Default' then
    perform asl.give_up('States.NoChoiceMatched', null);
  end if;
  return _state ->> 'Default';
end
$$;
`;
