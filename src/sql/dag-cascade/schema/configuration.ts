/** Targets, pools and what the orchestrator goes by. */
export const configuration = `
-- A target that is no longer named is deleted, with all that hangs on it.
create function async.configure(_configuration jsonb) returns void language plpgsql as $$
declare
  limits async.control := jsonb_populate_record(null::async.control, _configuration -> 'control');
  targets async.target[] := array(
    select each from jsonb_populate_recordset(null::async.target, _configuration -> 'targets') as each
  );
  pools async.concurrency_pool[];
begin
  update async.control
  set workers = coalesce(limits.workers, workers),
    default_timeout = coalesce(limits.default_timeout, default_timeout),
    self_concurrency = coalesce(limits.self_concurrency, self_concurrency),
    default_concurrency_pool_workers = coalesce(
      limits.default_concurrency_pool_workers, default_concurrency_pool_workers
    );
  targets := targets || (
    select row('async.self', self_concurrency, null, false, null, null)::async.target from async.control
  );

  insert into async.target as known
  select * from unnest(targets)
  on conflict (target) do update
  set max_concurrency = coalesce(excluded.max_concurrency, known.max_concurrency),
    connection_string = coalesce(excluded.connection_string, known.connection_string),
    asynchronous_finish = coalesce(excluded.asynchronous_finish, known.asynchronous_finish),
    default_timeout = coalesce(excluded.default_timeout, known.default_timeout),
    concurrency_track_yielded = coalesce(excluded.concurrency_track_yielded, known.concurrency_track_yielded);
  delete from async.target where target not in (select each.target from unnest(targets) as each);

  pools := array(
    select each from jsonb_populate_recordset(null::async.concurrency_pool, _configuration -> 'concurrency_pools') as each
  );
  update async.concurrency_pool as known
  set max_workers = coalesce(
    (
      -- Of one that is named twice, the first.
      select pool.max_workers
      from unnest(pools) with ordinality as pool
      where pool.concurrency_pool = known.concurrency_pool
      order by ordinality
      limit 1
    ),
    known.max_workers
  );
  insert into async.concurrency_pool (concurrency_pool, max_workers)
  select pool.concurrency_pool, coalesce(pool.max_workers, 8)
  from unnest(pools) as pool
  where not exists (
    select from async.concurrency_pool as known where known.concurrency_pool = pool.concurrency_pool
  );
  delete from async.concurrency_pool
  where concurrency_pool not in (select pool.concurrency_pool from unnest(pools) as pool);
  -- Each target is a pool of its own.
  insert into async.concurrency_pool (concurrency_pool, max_workers)
  select target, max_concurrency from async.target
  on conflict (concurrency_pool) do update set max_workers = excluded.max_workers;
end
$$;
`;
