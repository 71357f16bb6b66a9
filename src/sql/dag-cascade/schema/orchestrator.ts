/** The orchestrator: how it starts, and one round of its work. */
export const orchestrator = `
create procedure async.main(_force boolean = false, _manual_mode boolean = false) language plpgsql as $$
declare
  routine text;
begin
  if not _manual_mode then
    raise exception 'nothing runs by itself: call async.main(_manual_mode := true), and async.do_work() for each round';
  end if;
  insert into async.target
  select 'async.self', self_concurrency, 'host=localhost user=postgres dbname=postgres', false, null, false
  from async.control
  on conflict do nothing;

  with due as (
    update async.control
    set last_heavy_maintenance = now()
    where (last_heavy_maintenance + heavy_maintenance_sleep >= now()) is not true
    returning task_keep_duration
  )
  delete from async.task using due where processed <= now() - due.task_keep_duration;

  -- Nobody knows what became of them.
  update async.task
  set processed = now(), failed = true, processing_error = 'presumed failed due to async startup'
  where processed is null and (consumed is not null or yielded is not null);
  foreach routine in array (select startup_routines from async.control) loop
    execute 'call ' || routine;
  end loop;

  perform dblink_disconnect(name)
  from unnest(dblink_get_connections()) as name
  where name like 'async.worker%';
  delete from async.worker;
  insert into async.worker (slot, name)
  select slot, 'async.worker_' || slot from async.control, generate_series(1, control.workers) as slot;
  delete from async.concurrency_pool_tracker;
  perform async.track_pools(array(select concurrency_pool from async.task where processed is null));

  update async.control
  set pid = pg_backend_pid(), running_since = now(),
    last_light_maintenance = case
      when last_light_maintenance + light_maintenance_sleep >= now() then last_light_maintenance
      else now()
    end;
end
$$;

-- Requests to finish, those that are alike together.
create function async.run_requests() returns boolean language plpgsql as $$
declare
  request record;
begin
  for request in
    select (task_data ->> 'status')::async.finish_status_t as status,
      (task_data ->> 'error_message') collate "C" as error_message, (task_data ->> 'duration')::interval as duration,
      array_agg(task.task_id) as task_ids,
      array_agg(named::bigint) as named
    from async.task
    cross join jsonb_array_elements_text(task_data -> 'task_ids') as named
    where processed is null
    group by status, error_message, duration
  loop
    update async.task set consumed = now(), processed = now() where task_id = any (request.task_ids);
    perform async.finish_internal(request.named, request.status, request.error_message, request.duration);
  end loop;
  return found;
end
$$;

-- Those whose time is up, and those whose connection is idle.
create function async.reap_tasks() returns boolean language plpgsql as $$
declare
  did_work boolean;
  ended record;
  told text;
  last_status async.finish_status_t;
  endings async.ending_t[];
begin
  perform async.finish_internal(array_agg(task_id), 'FAILED', 'Canceling due to time out')
  from async.task
  where processed is null and consumed is not null and times_up < now()
  having count(*) > 0;
  did_work := found or exists (select from async.v_busy_worker where not is_connection_busy);

  for ended in
    select task_id, asynchronous_finish, is_over, dblink_error_message(name) as error_message
    from async.v_busy_worker
    -- Surprise: also those that are busy, where a task that was over while its statement ran was run again.
    where is_known and task_id in (select task_id from async.v_busy_worker where not is_connection_busy)
  loop
    if not ended.is_over then
      -- Surprise: a failure has the error of the first failure since a success.
      told := case when ended.error_message <> 'OK' then coalesce(told, ended.error_message) end;
      last_status := case
        when told is not null then 'FAILED' when ended.asynchronous_finish then 'YIELDED' else 'FINISHED'
      end;
    end if;
    endings := endings || row(
      ended.task_id, case when not ended.is_over then last_status end, case when not ended.is_over then told end
    )::async.ending_t;
  end loop;
  -- Surprise: a success has the error that is left in the end. And what was over before ends as the last of the others,
  -- or as if it had never run.
  perform async.end_tasks(array(
    select row(ending.task_id, coalesce(ending.status, last_status), coalesce(ending.error_message, told))::async.ending_t
    -- Of a task that runs twice, the last.
    from (
      select distinct on (task_id) task_id, status, error_message
      from unnest(endings) with ordinality
      order by task_id, ordinality desc
    ) as ending
  ));
  return did_work;
end
$$;

-- As many as pools and workers allow, by priority and entry.
create function async.run_tasks() returns boolean language plpgsql as $$
declare
  chosen record;
  free async.worker;
begin
  for chosen in
    select *
    from (
      select task.*, target.connection_string, tracker.max_workers - tracker.workers as room,
        now() + coalesce(task.manual_timeout, target.default_timeout, control.default_timeout) as deadline,
        row_number() over (partition by task.concurrency_pool order by task.priority, task.entered) as place
      from async.task
      join async.target using (target)
      join async.concurrency_pool_tracker as tracker using (concurrency_pool)
      cross join async.control
      where task.processed is null and task.consumed is null and task.yielded is null
        and (task.eligible_when > now()) is not true and task.target <> 'async.self'
    ) as waiting
    where place <= room
    order by priority, entered
    limit (select workers from async.control) - (select count(*) from async.v_busy_worker)
  loop
    -- With a connection to the target, or else with none, or else any. Surprise: with nobody free, it runs nowhere.
    select * into free
    from async.worker
    where task_id is null
    order by target is distinct from chosen.target, target is not null, slot;
    begin
      if free.target is distinct from chosen.target then
        perform async.disconnect(free.name);
        perform dblink_connect(free.name, chosen.connection_string);
      end if;
      perform dblink_send_query(free.name, replace(chosen.query, '##flow.TASK_ID##', chosen.task_id::text));
      update async.worker
      set task_id = chosen.task_id, target = chosen.target, running_since = now()
      where slot = free.slot;
      update async.task
      set consumed = now(), tracked = true,
        times_up = coalesce(case when finish_status = 'DEFERRED' then times_up end, chosen.deadline)
      where task.task_id = chosen.task_id;
      update async.concurrency_pool_tracker as tracker
      set workers = workers + 1
      where tracker.concurrency_pool = chosen.concurrency_pool;
    exception when others then
      update async.task
      set consumed = now(), processed = now(), failed = true, finish_status = 'FAILED', processing_error = sqlerrm
      where task.task_id = chosen.task_id;
      perform async.disconnect(free.name);
    end;
  end loop;
  return found;
end
$$;

create procedure async.do_work(inout did_work boolean = null) language plpgsql as $$
declare
  has_finished boolean;
  has_reaped boolean;
  routine text;
begin
  has_finished := async.run_requests();
  has_reaped := async.reap_tasks();
  did_work := async.run_tasks() or has_finished or has_reaped;
  foreach routine in array (select loop_routines from async.control) loop
    execute 'call ' || routine;
  end loop;
exception when others then
  raise exception 'Unexpected error %', sqlerrm;
end
$$;
`;
