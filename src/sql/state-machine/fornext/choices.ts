/** Which state follows a Choice. */
export const choices = `
-- In the order in which a rule is looked at: only the first that it has counts.
create function asl.comparators() returns text[] language sql immutable as $$
  select array[
    'StringEquals', 'StringEqualsPath', 'StringLessThan', 'StringLessThanPath',
    'StringGreaterThan', 'StringGreaterThanPath', 'StringLessThanEquals', 'StringLessThanEqualsPath',
    'StringGreaterThanEquals', 'StringGreaterThanEqualsPath', 'StringMatches',
    'NumericEquals', 'NumericEqualsPath', 'NumericLessThan', 'NumericLessThanPath',
    'NumericGreaterThan', 'NumericGreaterThanPath', 'NumericLessThanEquals', 'NumericLessThanEqualsPath',
    'NumericGreaterThanEquals', 'NumericGreaterThanEqualsPath',
    'BooleanEquals', 'BooleanEqualsPath',
    'TimestampEquals', 'TimestampEqualsPath', 'TimestampLessThan', 'TimestampLessThanPath',
    'TimestampGreaterThan', 'TimestampGreaterThanPath', 'TimestampLessThanEquals', 'TimestampLessThanEqualsPath',
    'TimestampGreaterThanEquals', 'TimestampGreaterThanEqualsPath',
    'IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'
  ]
$$;

create function asl.comparator_of(_rule jsonb) returns text language plpgsql immutable as $$
declare
  comparator text;
begin
  foreach comparator in array asl.comparators() loop
    if _rule ->> comparator is not null then
      return comparator;
    end if;
  end loop;
  return null;
end
$$;

-- Surprise: nothing is a timestamp.
create function asl.type_of(_comparator text) returns text language sql immutable as $$
  select case substring(_comparator from '^[A-Z][a-z]+')
    when 'String' then 'string'
    when 'Numeric' then 'number'
    when 'Boolean' then 'boolean'
  end
$$;

create function asl.variable_of(_rule jsonb) returns text language plpgsql as $$
begin
  if _rule ->> 'Variable' is null then
    perform asl.give_up('runtime error: invalid memory address or nil pointer dereference');
  end if;
  return _rule ->> 'Variable';
end
$$;

create function asl.find_typed(_value jsonb, _path text, _type text) returns jsonb language plpgsql as $$
declare
  here jsonb := asl.find(_value, _path);
begin
  if here is null then
    perform asl.give_up('not found');
  elsif jsonb_typeof(here) is distinct from _type then
    perform asl.give_up('wrong type');
  end if;
  return here;
end
$$;

-- Of two numbers, or two texts.
create function asl.is_less(_one jsonb, _other jsonb) returns boolean language sql immutable as $$
  select case jsonb_typeof(_one)
    when 'number' then _one::numeric < _other::numeric
    else (_one #>> '{}') collate "C" < (_other #>> '{}') collate "C"
  end
$$;

-- Surprise: what a text is matched with is a regular expression.
create function asl.holds(_one jsonb, _relation text, _other jsonb) returns boolean language sql immutable as $$
  select case _relation
    when 'Equals' then _one = _other
    when 'LessThan' then asl.is_less(_one, _other)
    when 'GreaterThan' then asl.is_less(_other, _one)
    when 'LessThanEquals' then not asl.is_less(_other, _one)
    when 'GreaterThanEquals' then not asl.is_less(_one, _other)
    -- No dot is the end of a line.
    when 'Matches' then (_one #>> '{}') ~ ('(?p)' || (_other #>> '{}'))
  end
$$;

-- Whether there is a variable is looked at first, then what it is compared with, and then what is in it.
create function asl.compares(_rule jsonb, _comparator text, _value jsonb) returns boolean language plpgsql as $$
declare
  type text := asl.type_of(_comparator);
  variable text := asl.variable_of(_rule);
  other jsonb := _rule -> _comparator;
begin
  if _comparator like '%Path' then
    other := asl.find_typed(_value, _rule ->> _comparator, type);
  end if;
  return asl.holds(
    asl.find_typed(_value, variable, type),
    regexp_replace(_comparator, '^[A-Z][a-z]+|Path$', '', 'g'),
    other
  );
end
$$;

-- Surprise: of all but IsPresent, the truth value that the rule gives does not matter.
create function asl.is_kind(_comparator text, _wanted jsonb, _found jsonb) returns boolean language sql immutable as $$
  select case _comparator
    when 'IsPresent' then (_found is not null) = _wanted::boolean
    when 'IsNumeric' then jsonb_typeof(_found) is not distinct from 'number'
    when 'IsString' then jsonb_typeof(_found) is not distinct from 'string'
    when 'IsBoolean' then jsonb_typeof(_found) is not distinct from 'boolean'
    -- Surprise: nothing is null, or a timestamp.
    else false
  end
$$;

create function asl.matches_variable(_rule jsonb, _value jsonb) returns boolean language plpgsql as $$
declare
  comparator text := asl.comparator_of(_rule);
begin
  if comparator is null then
    return false;
  elsif comparator like 'Is%' then
    return asl.is_kind(comparator, _rule -> comparator, asl.find(_value, asl.variable_of(_rule)));
  end if;
  return asl.compares(_rule, comparator, _value);
end
$$;

-- Whether one of them gives that. Those behind it are not looked at, so that they cannot panic.
create function asl.any_gives(_rules jsonb, _value jsonb, _answer boolean) returns boolean language plpgsql as $$
declare
  rule record;
begin
  for rule in select value from asl.elements(_rules) as value loop
    if asl.matches(rule.value, _value) = _answer then
      return true;
    end if;
  end loop;
  return false;
end
$$;

create function asl.matches(_rule jsonb, _value jsonb) returns boolean language plpgsql as $$
begin
  if _rule #> '{And,0}' is not null then
    return not asl.any_gives(_rule -> 'And', _value, false);
  elsif _rule #> '{Or,0}' is not null then
    return asl.any_gives(_rule -> 'Or', _value, true);
  elsif _rule ->> 'Not' is not null then
    return not asl.matches(_rule -> 'Not', _value);
  end if;
  return asl.matches_variable(_rule, _value);
end
$$;

create function asl.choose(_state jsonb, _value jsonb) returns text language plpgsql as $$
declare
  rule record;
begin
  for rule in select value from asl.elements(_state -> 'Choices') as value loop
    if asl.matches(rule.value, _value) then
      return rule.value ->> 'Next';
    end if;
  end loop;
  if _state ->> 'Default' is null then
    perform asl.give_up('no next state is choiced');
  end if;
  return _state ->> 'Default';
end
$$;

-- Gives nothing where it panics.
create function asl.choice_or_panic(_executor bigint, _state jsonb, _value jsonb, out target text)
language plpgsql as $$
begin
  target := asl.choose(_state, _value);
exception when sqlstate 'ASL01' then
  perform asl.panic(_executor, sqlerrm);
end
$$;
`;
