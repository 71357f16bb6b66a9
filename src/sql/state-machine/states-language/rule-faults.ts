/** What keeps a machine from being made, of what is written in its states. */
export const ruleFaults = `
create function asl.rules_within(_label text, _rule jsonb) returns table (label text, rule jsonb)
language sql immutable as $$
  select each.label, element
  from unnest(array['And', 'Or']) as name
  cross join asl.elements(_label || '.' || name, _rule -> name) as each
  union all
  select _label || '.Not', _rule -> 'Not' where _rule ? 'Not'
$$;

create function asl.rules_of(_state jsonb) returns table (label text, rule jsonb) language sql immutable as $$
  with recursive here (label, rule) as (
    select label, element from asl.elements('Choices', _state -> 'Choices')
    union all
    select below.label, below.rule from here cross join asl.rules_within(here.label, here.rule) as below
  )
  select label, rule from here
$$;

create function asl.rule_faults(_label text, _rule jsonb) returns setof text language sql immutable as $$
  select _label || ' needs one comparison'
  where 1 <> (
    select count(*) from jsonb_object_keys(_rule) as key
    where asl.is_comparison(key) or key in ('And', 'Or', 'Not')
  )
  union all
  select format('%s.%s is empty', _label, name) from unnest(array['And', 'Or']) as name
  where _rule -> name = '[]'
  union all
  select _label || '.Variable is missing' where asl.comparison_of(_rule) is not null and not _rule ? 'Variable'
$$;

-- Where they are, and the text that is to be a path.
create function asl.path_fields(_state jsonb) returns table (field text, path text) language sql immutable as $$
  select key, value from jsonb_each_text(_state) where key like '%Path'
  union all
  select label || '.ResultPath', element ->> 'ResultPath' from asl.elements('Catch', _state -> 'Catch')
  union all
  select format('%s.%s', label, key), rule ->> key
  from asl.rules_of(_state) cross join jsonb_object_keys(rule) as key
  where key = 'Variable' or asl.is_comparison(key) and key like '%Path'
$$;

create function asl.path_faults(_state jsonb) returns setof text language sql immutable as $$
  select format('%s is no path that the SQL knows: %s', field, path) from asl.path_fields(_state)
  where not asl.is_path_of(field, path)
$$;

create function asl.template_faults(_state jsonb) returns setof text language sql immutable as $$
  select format('%s: key %s needs a path that the SQL knows', field, key)
  from unnest(array['Parameters', 'ResultSelector', 'ItemSelector']) as field
  cross join asl.paths_in(_state -> field)
  where jsonb_typeof(value) <> 'string' or not asl.is_path(value #>> '{}')
$$;

create function asl.state_faults(_state jsonb) returns setof text language sql immutable as $$
  select asl.end_faults(_state)
  union all
  select asl.field_faults(_state)
  union all
  select asl.handler_faults('Retry', _state -> 'Retry')
  union all
  select asl.handler_faults('Catch', _state -> 'Catch')
  union all
  select rule_fault from asl.rules_of(_state) cross join asl.rule_faults(label, rule) as rule_fault
  union all
  select asl.path_faults(_state)
  union all
  select asl.template_faults(_state)
$$;

create function asl.name_faults(_definition jsonb) returns table (name text, fault text)
language sql immutable as $$
  with named as (
    select name
    from asl.machines_of(_definition) as here cross join jsonb_object_keys(here.machine -> 'States') as name
  )
  select name, 'the name is used twice' from named group by name having count(*) > 1
  union all
  select name, 'the name is longer than 80 characters' from named where length(name) > 80
$$;

create function asl.faults(_definition jsonb) returns setof text language sql immutable as $$
  with here as (
    select scope, machine from asl.machines_of(_definition)
  )
  select machine_fault from here cross join asl.machine_faults(scope, machine) as machine_fault
  union all
  select format('state %s: %s', name, fault) from here cross join asl.connection_faults(machine)
  union all
  select format('state %s: %s', name, fault) from asl.name_faults(_definition)
  union all
  select format('state %s: %s', name, fault)
  from here cross join asl.states_in(machine) cross join asl.state_faults(state) as fault
$$;

create function asl.create_machine(_machine text, _definition jsonb) returns void language plpgsql as $$
declare
  fault text := (select min(each collate "C") from asl.faults(_definition) as each);
begin
  if exists (select from asl.machines where machine = _machine) then
    raise exception 'machine % is there', _machine;
  elsif fault is not null then
    raise exception '%', fault;
  end if;
  insert into asl.machines (machine, definition) values (_machine, _definition);
end
$$;
`;
