/** The states of a machine. */
export const machines = `
-- JSON null is as if nothing was there.
create function asl.elements(_array jsonb) returns setof jsonb language sql immutable as $$
  select jsonb_array_elements(nullif(_array, 'null'))
$$;

-- Those that a state consists of.
create function asl.machines_within(_state jsonb) returns setof jsonb language sql immutable as $$
  select asl.elements(
    case _state ->> 'Type'
      when 'Parallel' then _state -> 'Branches'
      when 'Map' then jsonb_build_array(_state -> 'ItemProcessor')
    end
  )
$$;

create function asl.states_of(_definition jsonb) returns table (name text, state jsonb) language sql immutable as $$
  with recursive machine (definition) as (
    select _definition
    union all
    select asl.machines_within(owner.value) from machine, jsonb_each(definition -> 'States') as owner
  )
  select each.key, each.value from machine, jsonb_each(definition -> 'States') as each
$$;

-- Surprise: it is found wherever in the machine it is, also outside of the branch that leads to it.
create function asl.state_named(_executor bigint, _name text) returns jsonb language sql stable as $$
  select state
  from asl.executors
  join asl.machines on machines.machine = executors.machine
  cross join asl.states_of(definition)
  where executor = _executor and name = _name
$$;
`;
