/** How executions begin and end. */
export const executions = `
create function asl.start_execution(_machine text, _input jsonb, out execution bigint) language plpgsql as $$
declare
  machine asl.machines;
begin
  select * into machine from asl.machines where machines.machine = _machine;
  if not found then
    raise exception 'no machine %', _machine;
  end if;
  insert into asl.executions (machine, status, input, started_at) values (_machine, 'Pending', _input, now())
  returning executions.execution into execution;
  perform asl.push(execution, 'StartExecution', '{}');
  if machine.definition ? 'TimeoutSeconds' then
    perform asl.set_timer(
      execution, execution::text, 'execution',
      now() + make_interval(secs => (machine.definition -> 'TimeoutSeconds')::integer)
    );
  end if;
end
$$;

create function asl.cancel_execution(_execution bigint, out outcome text) language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_execution);
begin
  outcome := 'over';
  if own.status in ('Pending', 'Running') then
    perform asl.stop(_execution, 'Canceling');
    perform asl.push(_execution, 'CancelExecution', '{}');
    outcome := 'canceling';
  end if;
end
$$;

create function asl.delete_execution(_execution bigint, out outcome text) language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_execution);
begin
  outcome := 'refused';
  if own.status in ('Succeeded', 'Failed', 'TimedOut', 'Canceled') then
    update asl.executions set status = 'Deleting' where execution = _execution;
    perform asl.push(_execution, 'DeleteExecution', '{}');
    outcome := 'deleting';
  end if;
end
$$;

create function asl.begin_execution(_execution bigint) returns boolean language plpgsql as $$
declare
  own asl.executions;
begin
  update asl.executions set status = 'Running' where execution = _execution and status = 'Pending'
  returning * into own;
  if not found then
    return false;
  end if;
  perform asl.start_state(_execution, null, definition ->> 'StartAt', own.input)
  from asl.machines
  where machine = own.machine;
  return true;
end
$$;

create function asl.finish_execution(_execution bigint, _payload jsonb) returns boolean language plpgsql as $$
begin
  update asl.executions
  set status = case when _payload ? 'error' then 'Failed' else 'Succeeded' end, output = _payload -> 'output',
    error = _payload ->> 'error', cause = _payload ->> 'cause', stopped_at = now()
  where execution = _execution and status = 'Completing';
  return found;
end
$$;

create function asl.time_out_execution(_execution bigint) returns boolean language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_execution);
begin
  if own.status not in ('Pending', 'Running') then
    return false;
  end if;
  perform asl.stop(_execution, 'TimedOut');
  update asl.executions set error = 'States.Timeout', stopped_at = now() where execution = _execution;
  return true;
end
$$;

create function asl.finish_canceling(_execution bigint) returns boolean language plpgsql as $$
begin
  update asl.executions set status = 'Canceled', stopped_at = now()
  where execution = _execution and status = 'Canceling';
  return found;
end
$$;

-- It has neither tasks nor timers any more.
create function asl.finish_deleting(_execution bigint) returns boolean language plpgsql as $$
declare
  own asl.executions := asl.execution_of(_execution);
begin
  if own.status <> 'Deleting' then
    return false;
  end if;
  delete from asl.messages where execution = _execution;
  delete from asl.activities where execution = _execution;
  delete from asl.parts where execution = _execution;
  delete from asl.executions where execution = _execution;
  return true;
end
$$;
`;
