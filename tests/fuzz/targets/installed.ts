/** Migrations that are installed, and a trace that is replayed on what they leave. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { OpenDriver } from '../../../src/harness/contract/sql.ts';
import { defaultServices } from '../../../src/harness/services.ts';
import { ScriptError, ScriptRefused } from '../../../src/sql/driver.ts';
import { packagedMigrations } from '../../../src/sql/pgflow/migrations.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { newFolder } from '../folder.ts';
import type { Target } from '../fuzz.ts';
import { outcomeOfWords } from './command-line.ts';

/** Each is right, or nearly so: what does harm is what it does to the rest. */
const statements = `
drop schema pgflow cascade
drop schema pgmq cascade
drop extension pgmq cascade
drop table pgflow.deps cascade
drop function pgflow.start_flow cascade
alter table pgflow.runs rename column status to state
alter table pgflow.runs rename to walks
alter schema pgflow rename to flows
alter table pgflow.step_tasks drop column attempts_count cascade
alter table pgflow.runs add column x xml
alter table pgflow.runs add column x int[] default '{1,2}'
alter table pgflow.runs add column x interval default '1 month 2 days'
alter table pgflow.runs add column x double precision default 'NaN'
alter table pgflow.runs add column x timestamptz default '-infinity'
alter table pgflow.runs add column x bytea default '\\x00ff'
alter table pgflow.runs add column "x""'y" text default e'\\u0001::error::'
alter table pgflow.runs alter column input type text
alter table pgflow.runs disable trigger all
alter table pgflow.runs enable row level security
alter table pgflow.runs add constraint "c%s" check (false) not valid
create table pgflow."constructor" ("__proto__" int)
create table pgflow.big as select g, repeat('x', 100) as x from generate_series(1, 20000) g
create type pgflow.mood as enum ('a', 'b')
create view pgflow.v as select * from pgflow.runs
create materialized view pgflow.m as select 1 as x
create sequence pgflow.s
create function pgflow.f() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$
create trigger t before insert on pgflow.runs for each row execute function pgflow.f()
create trigger t after update on pgflow.step_tasks for each statement execute function pgflow.f()
create function pgflow.g() returns trigger language plpgsql as $$ begin return null; end $$
create trigger u before insert on pgflow.step_states for each row execute function pgflow.g()
create or replace function pgflow.start_flow(flow_slug text, input jsonb, run_id uuid default null) returns setof pgflow.runs language sql as $$ select null::pgflow.runs from generate_series(1, 3) $$
create or replace function pgflow.complete_task(a int) returns void language plpgsql as $$ begin perform pgflow.complete_task(a); end $$
create function pgflow.r(a int) returns int language plpgsql as $$ begin return pgflow.r(a + 1); end $$
select pgflow.r(1)
create rule r as on insert to pgflow.runs do instead nothing
create event trigger e on ddl_command_end execute function pgflow.f()
insert into pgflow.flows (flow_slug) values ('greet')
insert into pgflow.flows (flow_slug) values ('::error::')
select pgflow.create_flow('greet')
select pgmq.create('greet')
select pgmq.send('greet', '{}')
truncate pgflow.flows cascade
delete from pg_proc where proname = 'start_flow'
begin
commit
rollback
savepoint a
prepare p as select 1
deallocate all
discard all
declare c cursor with hold for select 1
set role nobody
set session_replication_role = replica
set default_transaction_read_only = on
set standard_conforming_strings = off
set search_path = ''
set datestyle = 'German'
set timezone = 'Asia/Kathmandu'
set intervalstyle = 'sql_standard'
set bytea_output = 'escape'
set extra_float_digits = -15
set client_encoding = 'LATIN1'
set client_min_messages = debug5
set statement_timeout = 1
set transaction_timeout = 1
set idle_session_timeout = 1
alter database postgres set datestyle = 'SQL, DMY'
alter database postgres set search_path = nowhere
alter role postgres set default_transaction_read_only = on
alter role postgres rename to someone
alter system set max_connections = 1
revoke all on schema pgflow from public
reassign owned by postgres to pg_monitor
create role anon
lock table pgflow.runs
listen pgflow
notify pgflow, 'x'
select pg_notify('pgflow', repeat('x', 7000))
vacuum full
checkpoint
reindex database postgres
load 'plpgsql'
create extension plpython3u
create extension constructor
create database other
select pg_terminate_backend(pg_backend_pid())
select pg_cancel_backend(pg_backend_pid())
select pg_reload_conf()
select pg_sleep(0.01)
select pg_advisory_lock(1)
select repeat('x', 1100000000)
select 1/0
copy pgflow.runs to stdout
copy (select 1) to '/tmp/pgtwin-fuzz-never'
do $$ begin execute 'create table pgflow.t' || '2 (a int)'; end $$
do $$ begin raise notice e'a\\n::error::b'; end $$
do $$ begin raise exception using errcode = 'XX000', message = e'\\u001b[31m', detail = '::x'; end $$
do $$ begin commit; end $$
`
  .trim()
  .split('\n');

const input = fc.record({
  scripts: fc.array(fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 2,
  }),
});
interface Input {
  readonly scripts: readonly (readonly string[])[];
}

const own = /^2099/;

/** What comes before the first file of ours is always the same, and from the cache; what follows is executed on it. */
const openDriver: OpenDriver = async (installation, onNotice, signal) => {
  const { scripts } = installation;
  const at = scripts.findIndex(({ name }) => own.test(name));
  const driver = await openPGlite({ scripts: scripts.slice(0, at), onNotice, signal });
  try {
    for (const { name, sql, mayFail } of scripts.slice(at)) {
      await driver.script(sql, name).catch((error) => {
        if (!(mayFail && (error instanceof ScriptError || error instanceof ScriptRefused))) throw error;
      });
    }
    await installation.check?.(driver);
    return driver;
  } catch (error) {
    await driver.close();
    throw error;
  }
};
const services = { ...defaultServices, openDriver };

const trace = join(
  import.meta.dirname,
  '../../conformance/pgflow/traces/a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);
let folder: Promise<string> | undefined;

async function makeFolder(): Promise<string> {
  const made = newFolder();
  for (const { name, sql } of await packagedMigrations('0.8.1')) await writeFile(join(made, name), sql);
  return made;
}

export const installed: Target = {
  name: 'migrations that are installed',
  // Each input takes a database.
  share: 4,
  arbitrary: () => input,
  async run({ scripts }: Input) {
    folder ??= makeFolder();
    for (const [i, name] of ['20990101000000_a.sql', '20990102000000_b.sql'].entries()) {
      // Named in each, so that it is installed.
      const sql = [...(scripts[i] ?? []), "select 'pgflow'"].join(';\n');
      await writeFile(join(await folder, name), `${sql};\n`);
    }
    return outcomeOfWords(['replay', trace, '--migrations', await folder], services);
  },
};
