// Long tier: each case is a directory of its own, installed in a database of its own.
/** A file is carried out as it is written, or refused: a bug in it is never left out in silence. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';
import { pgtwin } from '../../support/pgtwin.ts';

const name = '20990101000000_own.sql';
/** Its trace shows the bug. */
const trace = join(
  import.meta.dirname,
  'traces',
  'a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);
const bug = `create or replace function pgflow.get_run_with_states(run_id uuid) returns jsonb language sql as 'select null::jsonb';`;

const replay = async (sql: string) =>
  pgtwin('replay', trace, '--migrations', await migrationDirectory(firstMigrations(12), { [name]: sql }));

test.each([
  [
    'a transaction that is never committed',
    `begin;\n${bug}`,
    '1: it begins a transaction that the file never commits',
  ],
  [
    'a transaction that is begun again',
    `begin;\n${bug}\ncommit and chain;\n`,
    '3: it begins a transaction that the file',
  ],
  [
    'a transaction that is rolled back',
    `begin;\n${bug}\nrollback;`,
    '3: it undoes what the file has done before',
  ],
  ['a command of psql', `\\set x on\n${bug}`, '1: \\set is a command of psql, not SQL'],
  [
    'a command of psql behind a statement',
    `${bug}\nselect 1 \\gexec\n`,
    '2: \\gexec is a command of psql, not SQL',
  ],
  [
    'rows that only psql sends',
    `create table pgflow.my (a text);\ncopy pgflow.my from stdin;\nit's\n\\.\n${bug}`,
    '2: COPY FROM STDIN takes rows that only psql sends',
  ],
  ['a program', `${bug}\ncopy pgflow.runs to program 'cat'`, '2: a database here starts no program'],
  [
    'a comment that is never closed',
    `${bug}\n/* a\n${bug}`,
    '2: cannot be installed: unterminated /* comment',
  ],
])('%s is refused, with file, line and statement', async (_, sql, why) => {
  const { status, out, err } = await replay(sql);
  expect(err).toContain(`pgtwin: ${name}:${why}`);
  expect(out).toBe('');
  expect(status).toBe(2);
});

test.each([
  ['a transaction that is committed', `begin;\n${bug}\ncommit;`],
  [
    'two of them, and statements around them',
    `select 1; begin; ${bug} commit; begin; select 2; end; select 3;`,
  ],
  ['what pg_dump writes around it', `\\restrict abc\n${bug}\n\\unrestrict abc\n`],
  ['a savepoint', `begin; savepoint a; ${bug} release savepoint a; commit;`],
  ['what it tries and takes back', `begin; savepoint a; select 1; rollback to savepoint a; ${bug} commit;`],
  ['what wants a transaction behind its end', `begin; select 1; commit; lock table pgflow.runs; ${bug}`],
  ['a comment that ends with a return', `-- a\r${bug}`],
  [
    'a body in SQL, with labels',
    `create function public.f() returns setof int begin atomic select a as end from (values (1)) v (a); select case when true then 1 end as case; end; ${bug}`,
  ],
  ['a string with escapes on two lines', `select E'a'\n'b\\'; -- c'; ${bug}`],
  ['a path that it sets', `set local search_path = pgflow; ${bug.replace('pgflow.', '')}`],
])('with %s, a file is installed, so that its bug is found', async (_, sql) => {
  const { status, out } = await replay(sql);
  expect(out).toContain('get_run_with_states');
  expect(status).toBe(1);
});

test.each([
  ['the schema', 'drop schema pgflow cascade;', 'pgflow.deps, pgflow.flows, pgflow.runs, pgflow.step_states'],
  ['a table', 'drop table pgflow.step_tasks cascade;', 'pgflow lacks pgflow.step_tasks; remove'],
])('a file that drops %s is told what is missing then', async (_, sql, missing) => {
  const { status, err } = await replay(sql);
  expect(err).toContain('with all files installed, pgflow lacks ');
  expect(err).toContain(missing);
  expect(status).toBe(2);
});
