/** How tasks come into the queue. */
export const queue = `
create function async.interval_pretty(i interval) returns text strict language sql as $$
  select case
    when days > 0 then format('%sd %sh %sm %ss', days, hours, minutes, round(seconds))
    when hours > 0 then format('%sh %sm %ss', hours, minutes, round(seconds))
    when minutes > 0 then format('%sm %ss', minutes, round(seconds))
    when seconds >= 0.1 or seconds = 0 then round(seconds, 1) || 's'
    when seconds >= 0.01 then round(seconds, 2) || 's'
    else round(seconds, 3) || 's'
  end
  from (
    values (extract(days from i), extract(hours from i), extract(minutes from i), extract(seconds from i))
  ) as field (days, hours, minutes, seconds)
$$;

-- Surprise: a pool that is tracked already keeps the limit that it had.
create function async.track_pools(_pools text[]) returns void language sql as $$
  insert into async.concurrency_pool_tracker (concurrency_pool, workers, max_workers)
  select wanted.name, 0, coalesce(concurrency_pool.max_workers, control.default_concurrency_pool_workers)
  from unnest(_pools) as wanted (name)
  cross join async.control
  left join async.concurrency_pool on concurrency_pool.concurrency_pool = wanted.name
  on conflict do nothing
$$;

-- What names no known target is lost. Dead on arrival or empty, a task is done as soon as it is there.
create function async.push_tasks(
  _tasks async.task_push_t[], _run_type async.task_run_type_t = 'EXECUTE', _source text = null
) returns setof bigint language plpgsql as $$
declare
  done timestamptz := case when _run_type in ('DOA', 'EMPTY') then now() end;
  pushed record;
begin
  with inserted as (
    insert into async.task (
      target, priority, consumed, processed, finish_status, failed, source, query, asynchronous_finish,
      task_data, concurrency_pool, manual_timeout, track_yielded
    )
    select wanted.target, coalesce(wanted.priority, 0), done, done,
      case _run_type when 'DOA' then 'DOA' when 'EMPTY' then 'FINISHED' end::async.finish_status_t,
      case _run_type when 'DOA' then true when 'EMPTY' then false end,
      _source, wanted.query, _run_type in ('EXECUTE', 'DOA') and target.asynchronous_finish,
      wanted.task_data, coalesce(wanted.concurrency_pool, wanted.target), wanted.manual_timeout,
      coalesce(wanted.track_yielded, target.concurrency_track_yielded, true)
    from unnest(_tasks) as wanted (
      task_data, target, priority, query, concurrency_pool, manual_timeout, track_yielded
    )
    join async.target using (target)
    returning task_id, concurrency_pool, processed
  )
  select array_agg(task_id) as ids, array_agg(concurrency_pool) filter (where processed is null) as pools
  into pushed
  from inserted;
  perform async.track_pools(pushed.pools);
  return query select unnest(pushed.ids);
end
$$;
`;
