/** What the queue keeps: where tasks run, what they are, who works on them, and how many may at a time. */
export const queueTables = `
create schema async;

create type async.finish_status_t as enum (
  'FINISHED', 'FAILED', 'CANCELED', 'PAUSED', 'TIMED_OUT', 'YIELDED', 'DOA', 'DEFERRED'
);
create type async.task_run_type_t as enum ('EXECUTE', 'DOA', 'EMPTY', 'EXECUTE_NOASYNC');

-- One row. Of what the orchestrator goes by, much is only kept: nobody loops or sleeps here.
create table async.control (
  enabled boolean not null default true,
  workers integer not null default 100,
  idle_sleep double precision not null default 0.1,
  heavy_maintenance_sleep interval not null default '24 hours',
  task_keep_duration interval not null default '30 days',
  default_timeout interval not null default '1 hour',
  advisory_mutex_id integer not null default 0,
  self_target text not null default 'async.self',
  self_connection_string text,
  self_concurrency integer not null default 4,
  last_heavy_maintenance timestamptz,
  running_since timestamptz,
  paused boolean not null default false,
  pid integer,
  busy_sleep double precision not null default 0.01,
  light_maintenance_sleep interval not null default '5 minutes',
  last_light_maintenance timestamptz,
  default_concurrency_pool_workers integer not null default 4,
  startup_routines text[] not null default '{flow.async_startup()}',
  loop_routines text[] not null default '{flow.async_loop()}',
  version text not null default '1.0',
  debug_log boolean not null default true
);
insert into async.control default values;

create table async.target (
  target text primary key,
  max_concurrency integer,
  connection_string text,
  asynchronous_finish boolean,
  default_timeout interval,
  concurrency_track_yielded boolean
);

create table async.task (
  task_id bigserial primary key,
  target text not null references async.target on delete cascade on update cascade,
  priority integer not null,
  entered timestamptz not null default clock_timestamp(),
  consumed timestamptz,
  processed timestamptz,
  yielded timestamptz,
  finish_status async.finish_status_t,
  source text,
  query text,
  failed boolean,
  processing_error text,
  asynchronous_finish boolean,
  times_up timestamptz,
  task_data jsonb,
  concurrency_pool text not null,
  manual_timeout interval,
  tracked boolean,
  track_yielded boolean not null,
  eligible_when timestamptz
);
create index task_open_idx on async.task (priority, entered) where processed is null;

-- A worker of a task that was deleted still works on it.
create table async.worker (
  slot integer primary key,
  name text not null,
  target text references async.target on delete cascade on update cascade,
  task_id bigint,
  running_since timestamptz
);

create table async.concurrency_pool (
  concurrency_pool text primary key,
  max_workers integer
);

-- The pools in use.
create table async.concurrency_pool_tracker (
  concurrency_pool text primary key,
  workers integer not null,
  max_workers integer
);

-- Who asks for one waits until it is ready.
create table async.request_latch (
  request_latch_id bigserial primary key,
  ready timestamptz
);

create type async.task_push_t as (
  task_data jsonb,
  target text,
  priority integer,
  query text,
  concurrency_pool text,
  manual_timeout interval,
  track_yielded boolean
);

-- What becomes of a task.
create type async.ending_t as (
  task_id bigint,
  status async.finish_status_t,
  error_message text
);

create view async.v_busy_worker as
select worker.name, worker.task_id, task.task_id is not null as is_known, task.asynchronous_finish,
  task.processed is not null as is_over,
  -- Of a worker that is free there may be no connection, which would be an error.
  dblink_is_busy(case when worker.task_id is not null then worker.name end) = 1 as is_connection_busy
from async.worker
left join async.task using (task_id)
where worker.task_id is not null;
`;
