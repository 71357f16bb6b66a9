/** The states of a machine. */
export const states = `
create function asl.fields_of(_type text) returns text[] language sql immutable as $$
  select array['Type', 'QueryLanguage', 'Assign'] || case _type
    when 'Pass' then array['InputPath', 'Parameters', 'Result', 'ResultPath', 'OutputPath', 'Next', 'End']
    when 'Task' then array[
      'InputPath', 'Parameters', 'Resource', 'TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds',
      'HeartbeatSecondsPath', 'ResultSelector', 'ResultPath', 'OutputPath', 'Retry', 'Catch', 'Next', 'End'
    ]
    when 'Choice' then array['InputPath', 'Choices', 'Default', 'OutputPath']
    when 'Wait' then array[
      'InputPath', 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', 'OutputPath', 'Next', 'End'
    ]
    when 'Succeed' then array['InputPath', 'OutputPath']
    when 'Fail' then array['Error', 'ErrorPath', 'Cause', 'CausePath']
    when 'Parallel' then array[
      'InputPath', 'Parameters', 'Branches', 'ResultSelector', 'ResultPath', 'OutputPath', 'Retry', 'Catch',
      'Next', 'End'
    ]
    when 'Map' then array[
      'InputPath', 'ItemsPath', 'Parameters', 'ItemSelector', 'ItemProcessor', 'Iterator', 'MaxConcurrency',
      'MaxConcurrencyPath', 'ToleratedFailureCount', 'ToleratedFailureCountPath', 'ToleratedFailurePercentage',
      'ToleratedFailurePercentagePath', 'ItemReader', 'ItemBatcher', 'ResultWriter', 'ResultSelector', 'ResultPath',
      'OutputPath', 'Retry', 'Catch', 'Next', 'End'
    ]
  end
$$;

-- Without fields that its type does not have.
create function asl.tidy(_state jsonb) returns jsonb language sql immutable as $$
  select jsonb_object_agg(key, value) from jsonb_each(_state) where key = any (asl.fields_of(_state ->> 'Type'))
$$;

create function asl.processor_of(_state jsonb) returns jsonb language sql immutable as $$
  select coalesce(_state -> 'ItemProcessor', _state -> 'Iterator')
$$;

-- The machines that a tidy state consists of.
create function asl.machines_within(_name text, _state jsonb) returns table (scope text, machine jsonb)
language sql immutable as $$
  select format('branch %s of %s', position - 1, _name), branch
  from jsonb_array_elements(_state -> 'Branches') with ordinality as each (branch, position)
  union all
  select 'processor of ' || _name, asl.processor_of(_state) where asl.processor_of(_state) is not null
$$;

create function asl.states_in(_machine jsonb) returns table (name text, state jsonb) language sql immutable as $$
  select key, asl.tidy(value) from jsonb_each(_machine -> 'States')
$$;

create function asl.machines_of(_definition jsonb) returns table (scope text, machine jsonb)
language sql immutable as $$
  with recursive here (scope, machine) as (
    select 'machine', _definition
    union all
    select below.scope, below.machine
    from here
    cross join asl.states_in(here.machine) as owner
    cross join asl.machines_within(owner.name, owner.state) as below
  )
  select scope, machine from here
$$;

-- A name is there once in the whole machine.
create function asl.state_named(_execution bigint, _name text) returns jsonb language sql stable as $$
  select state
  from asl.executions
  join asl.machines on machines.machine = executions.machine
  cross join asl.machines_of(definition) as here
  cross join asl.states_in(here.machine)
  where execution = _execution and name = _name
$$;

create function asl.state_of(_activity asl.activities) returns jsonb language sql stable as $$
  select asl.state_named(_activity.execution, _activity.state_name)
$$;
`;
