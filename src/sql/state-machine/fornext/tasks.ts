/** Tasks, which run beside their executor. */
export const tasks = `
-- Surprise: a resource that nobody carries out ends the whole executor.
create function asl.begin_task(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  own asl.executors := asl.executor_of(_executor);
begin
  if _payload ->> 'resource' = '__sleep' then
    -- Surprise: however long the state says.
    insert into asl.sleeps (executor, task_id, input, due)
    values (_executor, _payload ->> 'id', _payload -> 'input', now() + make_interval(secs => 5));
  elsif _payload ->> 'resource' <> all (own.handlers) then
    perform asl.panic(_executor, 'cannot find handler for task ' || (_payload ->> 'resource'));
  else
    perform pgmq.send('tasks', jsonb_build_object(
      'executor', _executor, 'task_id', _payload -> 'id', 'resource', _payload -> 'resource',
      'input', _payload -> 'input'
    ));
  end if;
end
$$;

create function asl.create_task(_executor bigint, _payload jsonb) returns void language plpgsql as $$
begin
  if not asl.push(_executor, 'TaskCreated', jsonb_build_object('id', _payload -> 'id')) then
    return;
  end if;
  insert into asl.tasks (executor, id, activity_id)
  values (_executor, _payload ->> 'id', _payload ->> 'activity_id')
  on conflict do nothing;
  perform asl.begin_task(_executor, _payload);
end
$$;

-- Surprise: one that nobody has made ends the executor.
create function asl.end_task(_executor bigint, _payload jsonb) returns void language plpgsql as $$
declare
  task asl.tasks;
begin
  select * into task from asl.tasks where executor = _executor and id = _payload ->> 'task_id';
  if not found then
    perform asl.panic(_executor, 'runtime error: invalid memory address or nil pointer dereference');
    return;
  end if;
  perform asl.push(_executor, 'TaskCompleted', jsonb_build_object('task_id', task.id));
  perform asl.push(_executor, 'CompleteState', jsonb_build_object(
    'activity_id', task.activity_id, 'output', _payload -> 'output'
  ));
end
$$;

create function asl.read_tasks(_vt integer, _qty integer)
returns table (msg_id bigint, read_ct integer, executor bigint, task_id text, resource text, input jsonb)
language sql as $$
  select msg_id, read_ct, (message ->> 'executor')::bigint, message ->> 'task_id', message ->> 'resource',
    message -> 'input'
  from pgmq.read('tasks', _vt, _qty)
  order by msg_id
$$;

-- From elsewhere: where the queue is full, whoever pushes waits, which a message in the table stands for.
create function asl.complete_task(
  _executor bigint, _task_id text, _output jsonb, _msg_id bigint = null, out outcome text
) language plpgsql as $$
declare
  own asl.executors := asl.executor_of(_executor);
begin
  perform pgmq.delete('tasks', _msg_id);
  if own.status in ('panicked', 'deadlocked') then
    outcome := 'dead';
    return;
  end if;
  outcome := case when asl.is_full(_executor) then 'waits' else 'sent' end;
  insert into asl.messages (executor, kind, payload)
  values (_executor, 'CompleteTask', jsonb_build_object('task_id', _task_id, 'output', _output));
end
$$;

create function asl.tick() returns void language sql as $$
  with over as (
    delete from asl.sleeps where due <= now() returning *
  )
  insert into asl.messages (executor, kind, payload)
  select executor, 'CompleteTask', jsonb_build_object('task_id', task_id, 'output', input)
  from over
  join asl.executors using (executor)
  where status <> 'deadlocked'
  order by due, sleep_id
$$;
`;
