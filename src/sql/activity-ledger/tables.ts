/** What both releases keep: the graph, ledgers, jobs and messages. */
export const tables = `
create schema ledger;

create table ledger.flows (
  flow text primary key,
  -- Seconds that a job is kept after its end.
  expire integer not null,
  trigger text not null
);
create table ledger.activities (
  aid text primary key,
  -- In the order in which they were deployed.
  place integer not null,
  flow text not null,
  kind text not null,
  cycle boolean not null,
  ancestor text,
  topic text,
  sleep integer not null,
  starts text,
  child text,
  awaits boolean not null,
  target text,
  -- The way to it, the trigger first.
  ancestors text[] not null
);
create table ledger.transitions (
  parent text not null,
  child text primary key,
  place integer not null,
  code integer
);

create table ledger.jobs (
  jid text primary key,
  -- Null until its trigger has written what it is.
  gid text,
  flow text,
  status bigint not null,
  parent_jid text,
  parent_gid text,
  parent_aid text,
  parent_dad text,
  is_severed boolean not null default false,
  error_code integer,
  completions integer not null default 0,
  expires_at timestamptz
);
create sequence ledger.generations;

create table ledger.activity_ledgers (
  jid text,
  aid text,
  dad text,
  -- Beyond, a number of JavaScript, which the original keeps ledgers in, is no longer exact.
  value bigint not null check (value between -9007199254740991 and 9007199254740991),
  primary key (jid, aid, dad)
);
create table ledger.guid_ledgers (
  jid text,
  guid text,
  value bigint not null check (value between -9007199254740991 and 9007199254740991),
  primary key (jid, guid)
);

create table ledger.messages (
  message_id bigserial primary key,
  kind text not null,
  topic text,
  guid text not null generated always as ('g' || message_id::text) stored,
  jid text,
  gid text,
  aid text,
  dad text,
  status text,
  code integer
);
create table ledger.hooks (
  topic text primary key,
  jid text not null,
  gid text not null,
  aid text not null,
  dad text not null,
  expires_at timestamptz not null
);
-- Instants at which somebody is woken.
create table ledger.slots (
  due timestamptz primary key
);
create table ledger.timers (
  timer_id bigserial primary key,
  due timestamptz not null,
  jid text not null,
  gid text not null,
  aid text not null,
  dad text not null
);
`;
