/** Which machines there are: only those whose every state and path the release is modelled with. */
export const creating = `
create function asl.is_path(_path text) returns boolean language sql immutable as $$
  select _path ~ '^(|[$][$]?([.][A-Za-z_][A-Za-z_0-9]*|[[](0|-?[1-9][0-9]{0,8})[]])*)$'
$$;

-- One that does not look into the context.
create function asl.is_plain_path(_path text) returns boolean language sql immutable as $$
  select asl.is_path(_path) and _path !~ '^[$][$]'
$$;

-- Of a missing array on the way only the first place is modelled.
create function asl.is_result_path(_path text) returns boolean language sql immutable as $$
  select asl.is_plain_path(_path) and _path !~ '[A-Za-z_0-9][[](?!0[]])'
$$;

create function asl.is_rule_path(_path text) returns boolean language sql immutable as $$
  select asl.is_plain_path(_path) and _path <> ''
$$;

create function asl.allow_path(_path text, _is_allowed boolean) returns void language plpgsql as $$
begin
  if not _is_allowed then
    raise exception 'path % is not modelled', _path;
  end if;
end
$$;

create function asl.check_rule(_rule jsonb) returns void language plpgsql as $$
declare
  name text;
begin
  perform asl.allow_path(_rule ->> 'Variable', asl.is_rule_path(_rule ->> 'Variable'));
  foreach name in array asl.comparators() loop
    if name like '%Path' then
      perform asl.allow_path(_rule ->> name, asl.is_rule_path(_rule ->> name));
    end if;
  end loop;
  perform asl.check_rule(value) from asl.elements(_rule -> 'And') as value;
  perform asl.check_rule(value) from asl.elements(_rule -> 'Or') as value;
  if _rule ->> 'Not' is not null then
    perform asl.check_rule(_rule -> 'Not');
  end if;
end
$$;

create function asl.check_template(_template jsonb) returns void language plpgsql as $$
declare
  each record;
begin
  if jsonb_typeof(_template) = 'array' then
    perform asl.check_template(value) from jsonb_array_elements(_template);
  elsif jsonb_typeof(_template) = 'object' then
    for each in select key, value from jsonb_each(_template) loop
      if each.key not like '%.$' then
        perform asl.check_template(each.value);
      elsif each.value #>> '{}' like '$%' then
        perform asl.allow_path(each.value #>> '{}', asl.is_path(each.value #>> '{}'));
      end if;
    end loop;
  end if;
end
$$;

create function asl.check_paths(_state jsonb) returns void language plpgsql as $$
begin
  perform asl.allow_path(_state ->> 'InputPath', asl.is_path(_state ->> 'InputPath'));
  perform asl.allow_path(_state ->> 'OutputPath', asl.is_path(_state ->> 'OutputPath'));
  perform asl.allow_path(_state ->> 'ResultPath', asl.is_result_path(_state ->> 'ResultPath'));
  perform asl.check_rule(value) from asl.elements(_state -> 'Choices') as value;
  if _state ->> 'Type' = 'Map' then
    perform asl.check_template(_state -> 'ResultSelector');
  end if;
end
$$;

create function asl.check_state(_name text, _state jsonb, _whole jsonb) returns void language plpgsql as $$
begin
  if coalesce(_state ->> 'Type', '')
    not in ('Pass', 'Task', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map') then
    raise exception 'unsupport state type: %', coalesce(_state ->> 'Type', '');
  end if;
  if (select count(*) from asl.states_of(_whole) where name = _name) > 1 then
    raise exception 'state % is used twice', _name;
  end if;
  perform asl.check_paths(_state);
end
$$;

create function asl.check_machine(_definition jsonb, _whole jsonb) returns void language plpgsql as $$
declare
  each record;
begin
  for each in select key, value from jsonb_each(_definition -> 'States') order by key collate "C" loop
    perform asl.check_state(each.key, each.value, _whole);
  end loop;
  for each in
    select within.value
    from jsonb_each(_definition -> 'States') as owner,
      asl.machines_within(owner.value) with ordinality as within (value, place)
    order by owner.key collate "C", within.place
  loop
    perform asl.check_machine(each.value, _whole);
  end loop;
end
$$;

create function asl.create_machine(_machine text, _definition jsonb) returns void language plpgsql as $$
begin
  if exists (select from asl.machines where machine = _machine) then
    raise exception 'machine % is there', _machine;
  end if;
  perform asl.check_machine(_definition, _definition);
  insert into asl.machines (machine, definition) values (_machine, _definition);
end
$$;
`;
