/** Statements of which nobody can say what they define, and those that are only unusual. */
import { expect, test } from 'vitest';
import { unreadableIn } from '../../../src/sql/unreadable.ts';

const unreadable = (sql: string) => unreadableIn(sql, ({ schema }) => schema === 'pgflow');
const block = (body: string) => `do $$ begin ${body} end $$`;
const functionWith = (body: string) =>
  `create function public.f() returns void language plpgsql as $$ begin ${body} end $$`;

test.each<[string, string]>([
  [
    'a name to be filled in',
    block(`execute format('create trigger t before update on %I.%I', 'pgflow', 'runs');`),
  ],
  ['text put together', block(`execute 'create trigger t on pgflow.' || name;`)],
  ['a variable', block('execute statement;')],
  ['the rows of a query', block('for r in execute query loop end loop;')],
  ['a kind to be filled in', `select run(format('create %s pgflow.x', kind))`],
  ['the same in a function', functionWith(`execute format('alter table %s add c int', t);`)],
  ['a definition in a function', functionWith('drop trigger t on pgflow.runs;')],
  ['a definition that something else executes', `select run('create index on pgflow.runs (status)')`],
  ['harmless to begin with', block(`execute 'grant select on t to a; drop table ' || t;`)],
  ['harmless to begin with, and more to follow', block(`execute 'grant select on t to a; ' || ddl;`)],
  ['the same to be filled in', block(`execute format('grant select on t to a; %s', ddl);`)],
  ['half a definition in a call', `select run('create ' || kind || ' pgflow.x')`],
  ['data that a call may execute', `insert into done select run('create index on pgflow.runs (status)')`],
  ['data that is executed with it', `select run(d) from (values ('drop table')) as v (d)`],
  ['escapes of its own', `select run(U&'create trigger t on pgfl!006fw.runs' uescape '!')`],
  [
    'escapes before the definition',
    functionWith(String.raw`execute E'\ncreate trigger t on pgflow.runs execute function f()';`),
  ],
  ['a string that goes on in the next line', functionWith(`execute 'drop table '\n  'pgflow.runs';`)],
  ['a name by a path set before', 'set search_path to app, pgflow; alter table runs add c int'],
  ['a path set as schema, by a call', `select run('set schema ''pgflow'''); create table x (a int)`],
  ['a path that is put together', `select set_config('search_path', a || b, false); create table x (a int)`],
  [
    'a path that comes back',
    'begin; set search_path = pgflow; set local search_path = public; commit; drop table runs',
  ],
  ['a setting that goes to another thing', 'set search_path = app, pgflow; reset work_mem; drop table runs'],
  ['an event trigger', 'create event trigger e on ddl_command_end execute function f()'],
  [
    'a name by a path set in a block',
    `${block(`perform set_config('search_path', 'pgflow', false);`)}; alter table runs add c int`,
  ],
  [
    'a name by the path of a function',
    `create function f() returns void language plpgsql set search_path = pgflow as $$ begin drop table runs; end $$`,
  ],
])('%s is not readable', (_, sql) => {
  expect(unreadable(`select 1; ${sql}; select 2`)).toHaveLength(1);
});

test.each<[string, string]>([
  ['a string as a whole', block(`execute 'create table public.x (a int)' using 1;`)],
  ['a grant to be filled in', block(`execute format('grant select on %I to a', t);`)],
  ['a grant put together', block(`execute 'grant select on ' || t || ' to a';`)],
  ['a trigger elsewhere', 'create trigger t after insert on public.x execute function public.g()'],
  ['a right', 'grant execute on function pgflow.start_flow to a; grant create, trigger on t to b'],
  ['a comment of somebody', `comment on table t is 'create trigger t on %I'; -- create trigger on %I`],
  ['a table of a moment', functionWith('create temp table x (a int); drop table public.y;')],
  ['a call', `select pgflow.create_flow('f')`],
  ['a name without a schema', 'create table x (run_id uuid references pgflow.runs)'],
  [
    'a function with a path of its own, and what uses it',
    `create function f() returns trigger language plpgsql set search_path = '' as $$ begin perform pgflow.start_flow('f', '{}'); end $$;
      create trigger t after insert on public.x execute function f()`,
  ],
  ['a path to other schemas', 'set search_path to public; create table x (a int); drop table y'],
  ['what is new, in the first schema', 'set search_path = public, pgflow; create table x (a int)'],
  [
    'a path as pg_dump sets it',
    `select pg_catalog.set_config('search_path', '', false); create table x (a int)`,
  ],
  [
    'a path that is set for others',
    'alter role a set search_path = pgflow; alter database d set search_path = pgflow; create table x (a int)',
  ],
  ['a path that is reset', 'set search_path = pgflow; reset search_path; create table x (a int)'],
  ['data', `insert into permissions (name) values ('drop table'), (lower('create view'))`],
  [
    'data of a block',
    block(`insert into permissions values ('drop table'); delete from x where y = 'create';`),
  ],
  ['data of a type', `create type permission as enum ('drop table', 'create view')`],
  ['a message', functionWith(`raise exception 'cannot drop table %', format('create view %s', x);`)],
  ['words of privileges', `select has_table_privilege('a', 'pgflow.runs', 'create')`],
])('%s is readable', (_, sql) => {
  expect(unreadable(sql)).toEqual([]);
});
