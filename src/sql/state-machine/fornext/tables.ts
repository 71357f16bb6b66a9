/** Machines, and what the executors of their runs keep. */
export const tables = `
create schema asl;

create table asl.machines (
  machine text primary key,
  definition jsonb not null
);
create table asl.executors (
  executor bigint generated always as identity primary key,
  machine text not null references asl.machines,
  -- Resources that somebody carries out; null: all.
  handlers text[],
  wall bigint not null default 0,
  logical bigint not null default 0,
  status text not null default 'running',
  words text,
  output jsonb
);
-- What is delivered is deleted.
create table asl.messages (
  message_id bigint generated always as identity primary key,
  executor bigint not null references asl.executors,
  kind text not null,
  payload jsonb not null
);

create table asl.executions (
  executor bigint,
  id text,
  input jsonb,
  status text,
  timestamp text,
  workflow_id text,
  primary key (executor, id)
);
create table asl.activities (
  executor bigint,
  id text,
  execution_id text,
  state_name text,
  parent_branch_id text,
  parent_iteration_id text,
  input jsonb,
  -- How many outputs a Parallel or a Map waits for.
  max integer,
  done integer,
  outputs jsonb,
  primary key (executor, id)
);
create table asl.branches (
  executor bigint,
  id text,
  index integer,
  activity_id text,
  input jsonb,
  primary key (executor, id)
);
create table asl.iterations (
  executor bigint,
  id text,
  index integer,
  activity_id text,
  primary key (executor, id)
);
create table asl.tasks (
  executor bigint,
  id text,
  activity_id text,
  primary key (executor, id)
);
-- Tasks of Wait states, until they are over.
create table asl.sleeps (
  sleep_id bigint generated always as identity primary key,
  executor bigint,
  task_id text,
  input jsonb,
  due timestamptz
);

-- All other tasks.
select pgmq.create('tasks');
`;
