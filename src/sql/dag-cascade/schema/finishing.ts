/** What becomes of tasks, of who works on them and of their pools. */
export const finishing = `
-- That there is no connection is no error.
create function async.disconnect(_name text) returns void language sql as $$
  select dblink_disconnect(_name) where _name = any (dblink_get_connections());
  update async.worker set target = null where name = _name
$$;

-- Surprise: what is finished already is finished again.
create function async.end_tasks(_endings async.ending_t[], _duration interval = null) returns void
language plpgsql as $$
begin
  -- Whoever did what was asked is at hand for the next task. Surprise: and so is who works on what is over.
  perform async.disconnect(worker.name)
  from async.v_busy_worker as worker
  where is_known and not is_over and exists (
    select from unnest(_endings) as ending
    where ending.task_id = worker.task_id
      and (ending.status not in ('FINISHED', 'YIELDED', 'DEFERRED') or worker.is_connection_busy)
  );
  update async.worker
  set task_id = null, running_since = null
  from unnest(_endings) as ending
  where worker.task_id = ending.task_id;

  -- In one statement: triggers see them all as they are in the end.
  update async.task
  set processed = case when ending.status not in ('YIELDED', 'DEFERRED') then now() end,
    yielded = case when ending.status = 'YIELDED' then now() end,
    consumed = case when ending.status <> 'DEFERRED' then consumed end,
    failed = ending.status in ('FAILED', 'CANCELED'),
    processing_error = nullif(ending.error_message, 'OK'),
    finish_status = ending.status,
    eligible_when = now() + _duration
  from unnest(_endings) as ending
  where task.task_id = ending.task_id;

  -- A trigger may have done so for some of them.
  with released as (
    update async.task
    set tracked = case when yielded is null then false end
    where task_id in (select ending.task_id from unnest(_endings) as ending)
      and tracked and finish_status is not null and (yielded is null or not track_yielded)
    returning concurrency_pool
  )
  update async.concurrency_pool_tracker as tracker
  set workers = tracker.workers - freed.workers
  from (select concurrency_pool, count(*) as workers from released group by concurrency_pool) as freed
  where tracker.concurrency_pool = freed.concurrency_pool;
end
$$;

create function async.finish_internal(
  _task_ids bigint[], _status async.finish_status_t, _error_message text, _duration interval = null
) returns void language plpgsql as $$
declare
  orchestrator integer := (select pid from async.control);
  error_message text := _error_message;
begin
  if orchestrator is distinct from pg_backend_pid() then
    raise exception using message = format(
      'pid %s attempted illegal action finish() reserved to orchestrator pid %s', pg_backend_pid(), orchestrator
    );
  end if;
  -- Surprise: who gives no error gets that of a connection, whichever comes first, also for a success.
  if error_message is null then
    error_message := (
      select dblink_error_message(name)
      from unnest(_task_ids) as task_id
      join async.v_busy_worker using (task_id)
      where is_known and not is_over
      limit 1
    );
  end if;
  perform async.end_tasks(
    array(select row(task_id, _status, error_message)::async.ending_t from unnest(_task_ids) as task_id),
    _duration
  );
end
$$;

-- By the orchestrator at once; from elsewhere as a request that it finds later.
create function async.finish(
  _task_ids bigint[], _status async.finish_status_t, _error_message text, _duration interval
) returns void language plpgsql as $$
begin
  if (select pid from async.control) = pg_backend_pid() then
    perform async.finish_internal(_task_ids, _status, _error_message, _duration);
  else
    perform async.push_tasks(
      array[row(
        jsonb_build_object(
          'task_ids', _task_ids, 'status', _status, 'error_message', _error_message, 'duration', _duration
        ),
        'async.self', -99, null, null, null, null
      )::async.task_push_t],
      _source := 'async.finish'
    );
  end if;
end
$$;
`;
