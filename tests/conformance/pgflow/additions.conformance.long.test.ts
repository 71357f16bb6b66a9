// Long tier: each case is a directory of its own, installed in databases of its own.
/** What a project adds to the tables of pgflow: left out where the model does not know it, and nothing is hidden behind it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';
import { additions, webhook } from '../../support/own-sql.ts';
import { pgtwin } from '../../support/pgtwin.ts';
import { seed } from '../campaign.ts';

const trace = join(
  import.meta.dirname,
  'traces',
  'a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);
const project = (sql: string, count = 12) =>
  migrationDirectory(firstMigrations(count), { '20990101000000_own.sql': sql });
const verify = (directory: string, samples = 60) =>
  pgtwin(
    ...['verify', '--migrations', directory, '--samples', String(samples), '--workers', '1'],
    ...['--seed', String(seed), '--out', `${directory}/out`],
  );
const diff = (from: string, to: string, ...more: string[]) =>
  pgtwin('diff', '--from', from, '--to', to, '--out', `${to}/out`, ...more);

test.each([1, 12])('the first %i migrations add nothing that the model does not know', async (count) => {
  const { status, out } = await verify(await migrationDirectory(firstMigrations(count)), 10);
  expect(out).not.toContain('not compared');
  expect(status).toBe(0);
});

test('pgflow with tables, columns, a sequence and a queue beside it agrees with the model', async () => {
  const { status, out } = await verify(await project(additions()), 150);
  expect(out.match(/not compared, because the engine does not have them/g)).toHaveLength(1);
  expect(status).toBe(0);
});

test('rows of its own with ids drawn at random are no two the same', async () => {
  const own = `create table pgflow.my_log (id uuid primary key default gen_random_uuid());
    create function pgflow.log() returns trigger language plpgsql as $$ begin
      insert into pgflow.my_log values (default), (default), (default); return new; end $$;
    create trigger log after insert or update on pgflow.runs execute function pgflow.log();`;
  expect((await verify(await project(own))).status).toBe(0);
});

test('so does 0.1.20', async () => {
  const own = 'create table pgflow.my_log (id int); alter table pgflow.runs add column note text;';
  const { status, out } = await verify(await project(own, 1));
  expect(out).toContain('table pgflow.my_log, column pgflow.runs.note');
  expect(status).toBe(0);
});

test.each<[string, string, RegExp]>([
  [
    'a bug of a trigger behind its own table',
    additions(
      `update pgflow.step_states set remaining_deps = 7 where run_id = new.run_id and tg_op = 'UPDATE';`,
    ),
    /step_states\[0\]\.remaining_deps/,
  ],
  [
    'a column that every insert has to give',
    'alter table pgflow.runs add column owner text not null;',
    /"sqlstate":"23502"/,
  ],
  [
    'a default that changes a known column',
    `alter table pgflow.runs add column note text; alter table pgflow.runs alter column status set default 'failed';`,
    /runs\[0\]\.status/,
  ],
  [
    'a row that a trigger puts into a known table',
    additions(`insert into pgflow.workers (worker_id, queue_name, function_name) values (gen_random_uuid(), 'a', 'b')
      on conflict do nothing;`),
    /workers/,
  ],
  [
    'a table that is made in a trace',
    additions(`execute 'create table if not exists pgflow.made_late (id integer)';`),
    / {2}made_late {2}model \(absent\) {2}sql \[\]/,
  ],
  [
    'a queue that is made in a trace',
    additions(`if to_regclass('pgmq.q_late') is null then perform pgmq.create('late'); end if;`),
    / {2}q_late {2}model \(absent\) {2}sql \[\]/,
  ],
  ['a call beside additions', `${additions()} ${webhook}`, / {2}calls\n {4}model \(absent\)/],
])('%s is found', async (_, sql, place) => {
  const { status, out } = await pgtwin('replay', trace, '--migrations', await project(sql));
  expect(out).toMatch(place);
  expect(status).toBe(1);
});

test('a table made in a trace is gone when the next one starts, so that the shortest trace is found', async () => {
  const late = additions(`if new.status = 'failed' then
    execute 'create table if not exists pgflow.made_late (id integer)'; end if;`);
  const { status, out } = await verify(await project(late), 150);
  expect(out).toContain('made_late  model (absent)  sql []');
  // It takes a flow to fail a run. Had the table stayed, any one command would show it.
  expect(out).toMatch(/create_flow\([\s\S]*fail_task\([^\n]*\n\nwhat differs/);
  expect(status).toBe(1);
});

test('a known function that is replaced is no addition', async () => {
  const { status, out } = await verify(
    await project(`${additions()} create or replace function pgflow.is_valid_slug(slug text)
      returns boolean language sql as 'select true';`),
  );
  expect(out).not.toContain('is_valid_slug,');
  expect(status).toBe(1);
});

test('a trigger that keeps rows from being deleted keeps nothing from starting anew, and is found', async () => {
  const guard = `create function pgflow.never() returns trigger language plpgsql as $$ begin
      raise exception 'runs are kept'; end $$;
    create trigger never before delete or truncate on pgflow.runs execute function pgflow.never();`;
  const { status, out } = await pgtwin('replay', trace, '--migrations', await project(guard));
  expect(out).toContain('runs are kept');
  expect(out).toMatch(/delete from pgflow\.step_tasks/);
  expect(status).toBe(1);
});

test('diff leaves out what one side adds, compares what both have, and finds the bug behind it', async () => {
  const [own, same] = [await project(additions()), await project(additions())];
  const beside = await diff('0.8.1', own, '--samples', '15');
  expect(beside.out).toContain(`only in ${own}, not compared: `);
  for (const name of [
    'table pgflow.my_log',
    'column pgflow.runs.note',
    'sequence pgflow.my_counter',
    '1 row of pgmq.meta',
  ])
    expect(beside.out).toContain(name);
  expect(beside.out.match(/function pgflow\.log_run/g)).toHaveLength(1);
  expect(beside.out).toContain('trigger log_run on pgflow.runs');
  expect(beside.status).toBe(0);
  expect((await diff(own, same, '--samples', '15')).status).toBe(0);

  const planted = `update pgflow.step_states set remaining_deps = 7 where run_id = new.run_id and tg_op = 'UPDATE';`;
  const wrong = await diff('0.8.1', await project(additions(planted)), '--trace', trace);
  expect(wrong.out).toMatch(/complete_task: step_states\.remaining_deps/);
  expect(wrong.status).toBe(1);

  // A table that both have is no addition.
  const other = await diff(own, await project(additions('delete from pgflow.my_log;')), '--trace', trace);
  expect(other.out).toMatch(/start_flow: a row in my_log exists only in /);
  expect(other.status).toBe(1);
});
