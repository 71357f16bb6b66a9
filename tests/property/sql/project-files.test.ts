/** Files of a project beside pgflow, without a database: which have to install, which are tried, which are skipped. */
import { expect, test } from 'vitest';
import { readDirectory } from '../../../src/sql/pgflow/directory.ts';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';

test('a file has to install if it names pgflow and nobody can say what it defines', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20260401000000_a.sql': `do $$ begin execute format('create trigger t before update on %I.%I', 'pgflow', 'runs'); end $$`,
    '20260402000000_b.sql': `select pgflow.create_flow('f'); grant select on pgflow.runs to anon;`,
  });
  const { migrations, remarks } = await readDirectory(directory);
  expect(migrations.slice(12).map(({ mayFail = false }) => mayFail)).toEqual([false, true]);
  expect(remarks).toContain(
    'also installed, because they name pgflow and may define what cannot be read off them: 20260401000000_a.sql',
  );
});

test('files that define what an installed file names are tried as well, and what those need', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20260101000000_people.sql': 'create table people (id int primary key);',
    '20260101000001_audit.sql': 'create table public.audit (run_id uuid, person int references people);',
    '20260101000002_queue.sql': `select pgmq.create('Notifications');`,
    '20260101000003_notes.sql': 'create table notes (id int);',
    '20260101000004_rows.sql': 'insert into people values (1);',
    '20260401000000_own.sql': `create function public.h() returns trigger language plpgsql as $$ begin
        insert into public.audit values (new.run_id); perform pgmq.send('notifications', '{}'); return new; end $$;
      create trigger t after insert on pgflow.runs execute function public.h();`,
  });
  const { migrations, remarks } = await readDirectory(directory);
  expect(migrations.filter(({ mayFail }) => mayFail)).toHaveLength(4);
  expect(remarks.slice(-2)).toEqual([
    'also installed as far as they can be, because they define what those files of the project name: 20260101000000_people.sql, 20260101000001_audit.sql, 20260101000002_queue.sql, 20260101000004_rows.sql',
    'skipped, because they do not name pgflow: 20260101000003_notes.sql',
  ]);
});

test('a later version of a function that a trigger calls has to install, as the earlier one is not it', async () => {
  const h = (body: string) =>
    `create or replace function public.h() returns trigger language plpgsql as $$ begin ${body} return new; end $$;`;
  const directory = await migrationDirectory(firstMigrations(12), {
    '20260401000000_a.sql': h(''),
    '20260402000000_b.sql': 'create trigger t after insert on pgflow.runs execute function public.h();',
    '20260403000000_c.sql': `${h('new.status := null;')} create table t (id missing);`,
  });
  const { migrations, remarks } = await readDirectory(directory);
  expect(migrations.slice(12).map(({ mayFail = false }) => mayFail)).toEqual([true, false, false]);
  expect(remarks.slice(-2)).toEqual([
    'also installed, because they change later what those files of the project use: 20260403000000_c.sql',
    'also installed as far as they can be, because they define what those files of the project name: 20260401000000_a.sql',
  ]);
});

const onRuns = `create function public.log_run() returns trigger language plpgsql as $$ begin perform public.mode(); return new; end $$;
  create trigger log_run before insert on pgflow.runs for each row execute function public.log_run();`;
const geography = 'create table public.places (at geography);';

/** By file whether it has to install or is tried; the rest is skipped. */
async function became(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const directory = await migrationDirectory(firstMigrations(12), files);
  const { migrations } = await readDirectory(directory);
  return Object.fromEntries(
    migrations.slice(12).map(({ name, mayFail }) => [name, mayFail ? 'tried' : 'has to']),
  );
}

test.each<[string, string, string]>([
  ['view', 'create view public.mode as select 1;', 'create or replace view public.mode as select 2;'],
  ['table', 'create table mode (a int);', 'alter table mode add constraint c check (false);'],
  [
    'trigger of a table',
    'create table mode (a int);',
    'create trigger t before insert on mode execute function f();',
  ],
  ['type', 'create type mode as enum ();', `alter type public.mode add value 'x';`],
  [
    'function that gets its name',
    'create function mode() returns int language sql as $$ $$;',
    'alter function mode() rename to old; alter function other() rename to mode;',
  ],
  [
    'view of a schema',
    'create schema public; create view mode as select 1;',
    "set schema 'public'; drop view mode;",
  ],
  [
    'function put together',
    'create function mode() returns int language sql as $$ $$;',
    `do $$ begin execute format('create or replace function public.%I() returns int', 'mode'); end $$;`,
  ],
  [
    'function in a call',
    'create function mode() returns int language sql as $$ $$;',
    `select run('drop function public.mode');`,
  ],
])('a later version of a %s that a trigger uses has to install', async (_, first, second) => {
  const files = { '20990101000000_a.sql': first, '20990102000000_b.sql': onRuns };
  const later = { '20990103000000_c.sql': `${second} ${geography}` };
  expect(await became({ ...files, ...later })).toEqual({
    '20990101000000_a.sql': 'tried',
    '20990102000000_b.sql': 'has to',
    '20990103000000_c.sql': 'has to',
  });
});

test('so does a later version of what its function needs in turn', async () => {
  const files = {
    '20990101000000_a.sql':
      'create view config as select 1; create table policed (a int); create schema app;',
    '20990101000001_b.sql':
      'create function public.mode() returns int language sql as $$ select * from config, app.x, policed $$;',
    '20990102000000_c.sql': onRuns,
  };
  const later = {
    '20990103000000_view.sql': `create or replace view config as select 2; ${geography}`,
    '20990104000000_more.sql': 'create schema if not exists app; create table app.x (at geography);',
    '20990105000000_policy.sql':
      'create policy p on policed to anon; create table public.roads (at geography);',
    '20990106000000_other.sql': `do $$ begin execute format('drop view %I', 'others'); end $$;`,
  };
  expect(await became({ ...files, ...later })).toEqual({
    '20990101000000_a.sql': 'tried',
    '20990101000001_b.sql': 'tried',
    '20990102000000_c.sql': 'has to',
    '20990103000000_view.sql': 'has to',
    '20990104000000_more.sql': 'tried',
  });
});

test('what is beside it in the same files does not', async () => {
  const files = {
    '20990101000000_dump.sql': `create table people (id int); create view public.modes as select 1;
      create function public.mode() returns int language sql as $$ select 1 from public.modes $$;
      ${onRuns} create function of_people() returns int language sql as 'select 1 from people';`,
    '20990102000000_people.sql': `alter table people add column at geography; create or replace function of_people() returns int language sql as ''`,
    '20990103000000_modes.sql': 'drop view public.modes; create view public.modes as select 2;',
  };
  expect(await became(files)).toEqual({
    '20990101000000_dump.sql': 'has to',
    '20990102000000_people.sql': 'tried',
    '20990103000000_modes.sql': 'has to',
  });
});

test.each<[string, string, 'has to' | 'tried']>([
  [
    'a function with a path of its own',
    `create function start_order() returns trigger language plpgsql set search_path = '' as $$
    begin perform pgflow.start_flow('order', '{}'); return new; end $$;`,
    'tried',
  ],
  [
    'a path that is read',
    `set search_path to public; create table orders (at geography); select pgflow.create_flow('order');`,
    'tried',
  ],
  ['a path that may lead to pgflow', 'set search_path to app, pgflow; drop view runs;', 'has to'],
  [
    'data that looks like SQL',
    `insert into permissions (name) values ('drop table'); select pgflow.create_flow('x');`,
    'tried',
  ],
  [
    'a definition with escapes',
    String.raw`do $$ begin execute E'\ncreate trigger t before update on pgflow.runs'; end $$;`,
    'has to',
  ],
  ['the name with escapes', String.raw`select run(E'create trigger t on \x70gflow.runs');`, 'has to'],
  ['escapes that nobody knows', `drop table U&"!0070gflow".runs uescape '!';`, 'has to'],
])('a file with %s', async (_, sql, expected) => {
  expect(await became({ '20990101000000_a.sql': sql })).toEqual({ '20990101000000_a.sql': expected });
});

test('a path is for the file that sets it', async () => {
  const files = {
    '20240101000000_dump.sql': `select pg_catalog.set_config('search_path', '', false); set search_path = any_of_them;
      create function f() returns void language plpgsql as $$ begin execute format('set search_path = %s', 'x'); end $$`,
    '20990101000000_orders.sql': `create table orders (at geography); select pgflow.create_flow('order');`,
  };
  const directory = await migrationDirectory(firstMigrations(12), files);
  const { migrations } = await readDirectory(directory);
  expect(migrations.filter(({ mayFail }) => mayFail).map(({ name }) => name)).toEqual([
    '20990101000000_orders.sql',
  ]);
});
