/** What keeps a machine from being made, of its states and how they are connected. */
export const faults = `
create function asl.elements(_label text, _array jsonb) returns table (label text, element jsonb)
language sql immutable as $$
  select format('%s[%s]', _label, position - 1), element
  from jsonb_array_elements(_array) with ordinality as each (element, position)
$$;

create function asl.targets_of(_state jsonb) returns table (field text, target text) language sql immutable as $$
  select field, _state ->> field from unnest(array['Next', 'Default']) as field
  union all
  select label || '.Next', element ->> 'Next' from asl.elements('Choices', _state -> 'Choices')
  union all
  select label || '.Next', element ->> 'Next' from asl.elements('Catch', _state -> 'Catch')
$$;

create function asl.reached_in(_machine jsonb) returns setof text language sql immutable as $$
  with recursive reached (name) as (
    select _machine ->> 'StartAt'
    union
    select target
    from reached join asl.states_in(_machine) as here on here.name = reached.name
    cross join asl.targets_of(state)
    where target is not null
  )
  select name from reached
$$;

create function asl.machine_faults(_scope text, _machine jsonb) returns setof text language sql immutable as $$
  select _scope || ': StartAt is missing' where not _machine ? 'StartAt'
  union all
  select format('%s: StartAt names no state: %s', _scope, _machine ->> 'StartAt')
  where not _machine -> 'States' ? (_machine ->> 'StartAt')
  union all
  select _scope || ': QueryLanguage JSONata is not known to the SQL' where _machine ->> 'QueryLanguage' = 'JSONata'
$$;

create function asl.connection_faults(_machine jsonb) returns table (name text, fault text)
language sql immutable as $$
  select name, 'is never reached'
  from jsonb_object_keys(_machine -> 'States') as name
  where _machine -> 'States' ? (_machine ->> 'StartAt') and name not in (select asl.reached_in(_machine))
  union all
  select name, format('%s names no state here: %s', field, target)
  from asl.states_in(_machine) cross join asl.targets_of(state)
  where not _machine -> 'States' ? target
$$;

create function asl.end_faults(_state jsonb) returns setof text language sql immutable as $$
  select 'Next or End is missing'
  where 'End' = any (asl.fields_of(_state ->> 'Type')) and not _state ? 'Next' and not _state @> '{"End": true}'
  union all
  select 'Next and End exclude each other' where _state ? 'Next' and _state @> '{"End": true}'
$$;

create function asl.field_faults(_state jsonb) returns setof text language sql immutable as $$
  select 'QueryLanguage JSONata is not known to the SQL' where _state ->> 'QueryLanguage' = 'JSONata'
  union all
  select 'Resource is missing' where _state ->> 'Type' = 'Task' and not _state ? 'Resource'
  union all
  select 'Choices is missing or empty' where _state ->> 'Type' = 'Choice' and _state #> '{Choices,0}' is null
  union all
  select 'Branches is missing' where _state ->> 'Type' = 'Parallel' and not _state ? 'Branches'
  union all
  select 'ItemProcessor is missing' where _state ->> 'Type' = 'Map' and asl.processor_of(_state) is null
  union all
  select 'one of Seconds, Timestamp, SecondsPath and TimestampPath is needed'
  where _state ->> 'Type' = 'Wait'
    and num_nonnulls(
      _state -> 'Seconds', _state -> 'Timestamp', _state -> 'SecondsPath', _state -> 'TimestampPath'
    ) <> 1
  union all
  select format('%s and %sPath exclude each other', field, field)
  from unnest(array[
    'TimeoutSeconds', 'HeartbeatSeconds', 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage',
    'Error', 'Cause'
  ]) as field
  where _state ? field and _state ? (field || 'Path')
  union all
  select 'HeartbeatSeconds is not below TimeoutSeconds'
  where _state -> 'HeartbeatSeconds' >= _state -> 'TimeoutSeconds'
  union all
  select field || ' is not modelled'
  from unnest(array['ItemReader', 'ItemBatcher', 'ResultWriter', 'Assign']) as field
  where _state ? field
$$;

create function asl.handler_faults(_label text, _handlers jsonb) returns setof text language sql immutable as $$
  select label || '.ErrorEquals is empty' from asl.elements(_label, _handlers)
  where element -> 'ErrorEquals' = '[]'
  union all
  select label || ': States.ALL must stand alone, and last' from asl.elements(_label, _handlers)
  where element -> 'ErrorEquals' ? 'States.ALL'
    and (element #> '{ErrorEquals,1}' is not null
      or label <> format('%s[%s]', _label, jsonb_array_length(_handlers) - 1))
$$;
`;
