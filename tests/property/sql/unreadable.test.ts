/** Statements of which nobody can say what they define, and those that are only unusual. */
import { expect, test } from 'vitest';
import { unreadableIn } from '../../../src/sql/unreadable.ts';

const unreadable = (sql: string, isPathUnknown = false) =>
  unreadableIn(sql, ({ schema }) => schema === 'pgflow', isPathUnknown);
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
    'a function with a path of its own',
    `create function public.f() returns void language sql set search_path = '' as $$ select pgflow.start_flow('f', '{}') $$`,
  ],
])('%s is readable', (_, sql) => {
  expect(unreadable(sql)).toEqual([]);
});

test('a name without a schema is not, where an earlier file may have set the path', () => {
  expect(unreadable('create trigger t after insert on runs execute function f()', true)).toHaveLength(1);
  expect(unreadable('create trigger t after insert on public.x execute function f()', true)).toEqual([]);
});
