/** Machines, their executions, and all that is below those. */
export const tables = `
create schema asl;

create table asl.machines (
  machine text primary key,
  definition jsonb not null
);
create table asl.executions (
  execution bigint generated always as identity primary key,
  machine text not null references asl.machines,
  status text not null,
  input jsonb not null,
  output jsonb,
  error text,
  cause text,
  started_at timestamptz not null,
  stopped_at timestamptz,
  -- How many of its own were begun.
  activities integer not null default 0,
  jitter integer not null default 1000
);
-- What is delivered is deleted.
create table asl.messages (
  message_id bigint generated always as identity primary key,
  execution bigint not null references asl.executions,
  kind text not null,
  payload jsonb not null
);

-- All that is below an attempt, or an execution, has an id that starts with its id and a slash.
create table asl.activities (
  id text primary key,
  execution bigint not null,
  part_id text,
  state_name text not null,
  input jsonb not null,
  status text not null,
  attempts integer not null,
  retries integer[] not null,
  entered_at timestamptz not null
);
create table asl.parts (
  id text primary key,
  execution bigint not null,
  activity_id text not null,
  kind text not null,
  index integer not null,
  input jsonb not null,
  item jsonb,
  status text not null,
  output jsonb,
  activities integer not null default 0
);
-- Only those that are open.
create table asl.tasks (
  id text primary key,
  execution bigint not null,
  activity_id text not null,
  msg_id bigint not null,
  heartbeat integer
);
create table asl.timers (
  timer_id bigint generated always as identity primary key,
  execution bigint not null,
  id text not null,
  kind text not null,
  due timestamptz not null,
  unique (id, kind)
);

select pgmq.create('tasks');
`;
