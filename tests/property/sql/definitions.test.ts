/** Telling the definitions of a script from everything that only looks like one. */
import { expect, test } from 'vitest';
import { type Definition, definitionsIn } from '../../../src/sql/definitions.ts';

/** `create function pgflow.f` */
const shown = ({ verb, kind, schema, name }: Definition) => `${verb} ${kind} ${schema ?? '?'}.${name}`;

test.each<[string, string, string[]]>([
  [
    'a function',
    'create or replace function "pgflow"."f"(a int) returns void language sql as $$ drop table pgflow.x; $$;',
    ['create function pgflow.f'],
  ],
  ['capitals', 'CREATE TABLE IF NOT EXISTS PgFlow.Runs (a int)', ['create table pgflow.runs']],
  ['a quoted name with capitals', 'create view "PgFlow".v as select 1', ['create view PgFlow.v']],
  ['a schema', 'create schema if not exists pgflow', ['create schema pgflow.pgflow']],
  [
    'a trigger',
    'create trigger t after insert on pgflow.runs execute function public.g()',
    ['create trigger pgflow.runs'],
  ],
  [
    'a trigger elsewhere that calls pgflow',
    'create trigger t after insert on public.x execute function pgflow.g()',
    ['create trigger public.x'],
  ],
  ['a policy', 'alter policy "on pgflow.x" on pgflow.runs using (true)', ['alter policy pgflow.runs']],
  ['a rule', 'create rule r as on insert to pgflow.runs do nothing', ['create rule pgflow.runs']],
  [
    'a new index',
    'create unique index concurrently i on only pgflow.runs (run_id)',
    ['create index pgflow.runs'],
  ],
  ['an index dropped', 'drop index concurrently if exists pgflow.i', ['drop index pgflow.i']],
  [
    'several functions dropped',
    'drop function if exists public.a(int, text), pgflow.b(pgflow.c, int) cascade',
    ['drop function public.a', 'drop function pgflow.b'],
  ],
  ['a table changed', 'alter table only pgflow.runs add column c int', ['alter table pgflow.runs']],
  [
    'a table moved in',
    'alter table public.x set schema pgflow',
    ['alter table public.x', 'alter table pgflow.x'],
  ],
  [
    'a table that refers to pgflow',
    'create table public.x (r uuid references pgflow.runs (run_id))',
    ['create table public.x'],
  ],
  [
    'a function that returns rows of pgflow',
    'create function public.f() returns setof pgflow.runs as $$ $$',
    ['create function public.f'],
  ],
  [
    'a name found by the search path',
    'set search_path to pgflow, public; create table x (a int)',
    ['create table pgflow.x'],
  ],
  [
    'a path that a query with others sets',
    `with p as (select 'a') select pg_catalog.set_config('search_path', 'a', false) from p; create table x (a int)`,
    ['create table a.x'],
  ],
  [
    'a path that a row sets',
    `insert into t select set_config('search_path', 'a', false); update t set search_path = 'b'; create table x (a int)`,
    ['create table a.x'],
  ],
  [
    'a name where there is no search path',
    `select pg_catalog.set_config('search_path', '', false); create table x (a int); create table pgflow.y (a int)`,
    ['create table ?.x', 'create table pgflow.y'],
  ],
  [
    'a block',
    'do $$ begin if true then create type pgflow.t as enum (); end if; end $$',
    ['create type pgflow.t'],
  ],
  [
    'what a block executes',
    `do $$ begin execute 'alter table pgflow.runs add c int'; execute $q$drop view pgflow.v$q$; end $$`,
    ['alter table pgflow.runs', 'drop view pgflow.v'],
  ],
  [
    'what a block executes, with escapes',
    String.raw`do $$ begin execute E'\ncreate table \x70gflow.\163 (a text default \'\')'; execute U&'\000acreate table pgfl\006fw.u ()'; end $$`,
    ['create table pgflow.s', 'create table pgflow.u'],
  ],
  [
    'a string in two lines',
    `do $$ begin execute 'create table ' -- of ours\n  'pgflow.x (a int)'; end $$`,
    ['create table pgflow.x'],
  ],
  ['a name with escapes', String.raw`drop table U&"pgfl\006fw".runs`, ['drop table pgflow.runs']],
  ['what a block says', `do $$ begin raise notice 'create table pgflow.x'; end $$`, []],
  ['a table that gets another name', 'alter table x rename to y', ['alter table ?.x', 'alter table ?.y']],
  [
    'a schema that does',
    'alter schema staging rename to pgflow',
    ['alter schema staging.staging', 'alter schema pgflow.pgflow'],
  ],
  ['a column that does', 'alter table x rename column y to z', ['alter table ?.x']],
  ['another setting', 'set search_path = pgflow; reset work_mem; drop view v', ['drop view pgflow.v']],
  ['a path as a schema', `set schema 'pgflow'; drop view v`, ['drop view pgflow.v']],
  ['a path that is reset', 'set search_path = pgflow; discard all; drop view v', ['drop view ?.v']],
  ['a comment', '-- create table pgflow.x (a int);\n/* drop table /* nested */ pgflow.x; */ select 1', []],
  ['a string', `select 'create table pgflow.x (a int); drop table pgflow.x'`, []],
  ['a compiled flow', `select pgflow.create_flow('f'); select pgflow.add_step('f', 'a')`, []],
  ['a grant', 'grant execute on all functions in schema pgflow to authenticated', []],
  ['data', `insert into pgflow.workers values ('create table pgflow.x')`, []],
  [
    'tables in a publication',
    'alter publication supabase_realtime add table only pgflow.runs, "Other".a, b',
    ['alter publication pgflow.supabase_realtime', 'alter publication Other.supabase_realtime'],
  ],
  [
    'a publication of schemas, in a block with more behind it',
    'do $$ begin create publication p for tables in schema pgflow; perform pgmq.create(1); end $$',
    ['create publication pgflow.p'],
  ],
  ['a publication of everything', 'create publication p for all tables; drop publication q', []],
  ['an extension', 'create extension if not exists pgmq with schema pgmq', []],
  ['half a statement', 'create function', []],
  ['nothing', '', []],
])('%s', (_, sql, expected) => {
  expect(definitionsIn(sql).map(shown)).toEqual(expected);
});

test.each([
  ['time text, b int', 'text, integer'],
  // A property of every object, as a name and as a type.
  ['constructor int, b constructor', 'integer, constructor'],
  ['interval jsonb, bit time without time zone, c bit varying(3)', 'jsonb, time, bit varying'],
  ['a jsonb array, text array, b int[3][]', 'jsonb[], text[], integer[]'],
  ['a out int, b in timestamptz(3) default now(), inout c "text"', 'timestamp with time zone, text'],
  ['double precision, timestamp with time zone', 'double precision, timestamp with time zone'],
])('the types of (%s) are (%s)', (parameters, types) => {
  const [found] = definitionsIn(`create function f(${parameters}) returns int language sql as ''`);
  expect(found?.parameters).toBe(types);
});
