/** The queue of each execution, and what is begun and ended by its messages. */
export const queue = `
create function asl.push(_execution bigint, _kind text, _payload jsonb) returns void language sql as $$
  insert into asl.messages (execution, kind, payload) values (_execution, _kind, _payload)
$$;

-- Nothing where there is none.
create function asl.first_message(_execution bigint) returns bigint language sql stable as $$
  select min(message_id) from asl.messages where execution = _execution
$$;

create function asl.execution_of(_execution bigint) returns asl.executions language plpgsql as $$
declare
  own asl.executions;
begin
  select * into own from asl.executions where execution = _execution;
  if not found then
    raise exception 'no execution %', _execution;
  end if;
  return own;
end
$$;

create function asl.activity_of(_id text) returns asl.activities language sql stable as $$
  select * from asl.activities where id = _id
$$;

create function asl.set_timer(_execution bigint, _id text, _kind text, _due timestamptz) returns void
language sql as $$
  insert into asl.timers (execution, id, kind, due) values (_execution, _id, _kind, _due)
$$;

-- The part is null at the top.
create function asl.start_state(_execution bigint, _part_id text, _name text, _input jsonb) returns void
language plpgsql as $$
declare
  owner text := coalesce(_part_id, _execution::text);
  number integer;
begin
  if _part_id is null then
    update asl.executions set activities = activities + 1 where execution = _execution returning activities into number;
  else
    update asl.parts set activities = activities + 1 where id = _part_id returning activities into number;
  end if;
  perform asl.push(_execution, 'StartState', jsonb_strip_nulls(jsonb_build_object('part_id', _part_id))
    || jsonb_build_object('activity_id', format('%s/%s', owner, number), 'state_name', _name, 'input', _input));
end
$$;

create function asl.close_task(_task asl.tasks) returns void language sql as $$
  select pgmq.delete('tasks', _task.msg_id);
  delete from asl.timers where id = _task.id;
  delete from asl.tasks where id = _task.id;
$$;

-- Of an attempt, or of an execution.
create function asl.abort_below(_id text) returns void language sql as $$
  update asl.activities set status = 'Aborted'
  where starts_with(id, _id || '/') and status in ('Running', 'Retrying');
  update asl.parts set status = 'Aborted'
  where starts_with(id, _id || '/') and status in ('Pending', 'Running');
  select asl.close_task(tasks) from asl.tasks where starts_with(id, _id || '/');
  delete from asl.timers where starts_with(id, _id || '/');
$$;

create function asl.stop(_execution bigint, _status text) returns void language sql as $$
  update asl.executions set status = _status where execution = _execution;
  select asl.abort_below(_execution::text);
  delete from asl.timers where id = _execution::text;
$$;

-- With an output, or with a failure.
create function asl.end_execution(_execution bigint, _ending jsonb) returns void language sql as $$
  select asl.stop(_execution, 'Completing');
  select asl.push(_execution, 'EndExecution', _ending);
$$;

create function asl.end_machine(_activity asl.activities, _ending jsonb) returns void language plpgsql as $$
begin
  if _activity.part_id is null then
    perform asl.end_execution(_activity.execution, _ending);
  else
    perform asl.push(
      _activity.execution, 'EndPart', jsonb_build_object('part_id', _activity.part_id) || _ending
    );
  end if;
end
$$;
`;
