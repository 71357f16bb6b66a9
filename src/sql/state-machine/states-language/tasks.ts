/** Tasks, as those see them who carry them out, and the timers. */
export const tasks = `
create function asl.read_tasks(_vt integer, _qty integer)
returns table (msg_id bigint, read_ct integer, execution bigint, task_id text, resource text, input jsonb)
language sql as $$
  select msg_id, read_ct, (message ->> 'execution')::bigint, message ->> 'task_id', message ->> 'resource',
    message -> 'input'
  from pgmq.read('tasks', _vt, _qty)
  order by msg_id
$$;

-- Until it is delivered, the task stays open: it can be ended a second time.
create function asl.send_end(_task_id text, _ending jsonb) returns text language plpgsql as $$
declare
  task asl.tasks;
begin
  select * into task from asl.tasks where id = _task_id;
  if not found then
    return 'stale';
  end if;
  perform pgmq.delete('tasks', task.msg_id);
  perform asl.push(task.execution, 'EndTask', jsonb_build_object('task_id', _task_id) || _ending);
  return 'sent';
end
$$;

create function asl.complete_task(_task_id text, _output jsonb, out outcome text) language sql as $$
  select asl.send_end(_task_id, jsonb_build_object('output', _output))
$$;

create function asl.fail_task(_task_id text, _error text, _cause text = null, out outcome text)
language sql as $$
  select asl.send_end(_task_id, asl.failure(_error, _cause))
$$;

create function asl.heartbeat(_task_id text, out outcome text) language plpgsql as $$
declare
  task asl.tasks;
begin
  select * into task from asl.tasks where id = _task_id;
  if not found then
    outcome := 'stale';
    return;
  end if;
  update asl.timers set due = now() + make_interval(secs => task.heartbeat)
  where id = _task_id and kind = 'heartbeat';
  outcome := 'sent';
end
$$;

-- What a timer sends.
create function asl.message_of(_timer asl.timers, out kind text, out payload jsonb) language sql stable as $$
  select
    case _timer.kind
      when 'wait' then 'EndWait'
      when 'retry' then 'RetryState'
      when 'execution' then 'TimeOutExecution'
      else 'EndTask'
    end,
    case _timer.kind
      when 'wait' then jsonb_build_object('activity_id', _timer.id)
      when 'retry' then jsonb_build_object(
        'activity_id', _timer.id, 'attempt', (select attempts + 1 from asl.activities where id = _timer.id)
      )
      when 'timeout' then jsonb_build_object('task_id', _timer.id) || asl.failure('States.Timeout', null)
      when 'heartbeat' then jsonb_build_object('task_id', _timer.id) || asl.failure('States.HeartbeatTimeout', null)
      else '{}'
    end
$$;

create function asl.tick() returns void language sql as $$
  with over as (
    delete from asl.timers where due <= now() returning *
  )
  insert into asl.messages (execution, kind, payload)
  select execution, message.kind, message.payload
  from over cross join asl.message_of(over::asl.timers) as message
  order by due, timer_id
$$;
`;
