/** What a project has of its own around pgflow, on one kept trace: calls out of the database, and what it adds. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';
import { additions, webhook } from '../../support/own-sql.ts';
import { pgtwin } from '../../support/pgtwin.ts';

const trace = join(
  import.meta.dirname,
  'traces',
  'a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);
const project = (sql: string) => migrationDirectory(firstMigrations(12), { '20990101000000_own.sql': sql });

test('a run that calls out when it is completed behaves differently from one that does not', async () => {
  const directory = await project(webhook);
  const { status, out } = await pgtwin('diff', '--from', '0.8.1', '--to', directory, '--trace', trace);
  expect(out).toMatch(/^1\. complete_task: calls net\.http_post only in /m);
  expect(out).toContain('"url":"https://example.com/hook"');
  expect(out).not.toContain('supabase.calls');
  expect(status).toBe(1);
});

test('what a project adds is named once and left out, but a bug behind it is found', async () => {
  const right = await project(additions());
  const agreed = await pgtwin('replay', trace, '--migrations', right);
  expect(agreed.out.match(/not compared, because the engine does not have them: .*/g)).toEqual([
    'not compared, because the engine does not have them: table pgflow.my_config, table pgflow.my_log, table pgmq.a_my_events, table pgmq.q_my_events, column pgflow.runs.note, column pgflow.runs.tries, column pgflow.step_states.output, column pgflow.step_tasks.shard, sequence pgflow.my_counter, 1 row of pgmq.meta, view pgflow.open_runs, function pgflow.log_run, trigger log_run on pgflow.runs',
  ]);
  expect(agreed.status).toBe(0);

  const planted = `update pgflow.step_states set remaining_deps = 1 where run_id = new.run_id and tg_op = 'UPDATE';`;
  const wrong = await pgtwin('replay', trace, '--migrations', await project(additions(planted)));
  expect(wrong.out).toMatch(/ {2}step_states\[0\]\.remaining_deps {2}model 0 {2}sql 1\n/);
  expect(wrong.out).not.toMatch(/my_log.*absent/);
  expect(wrong.status).toBe(1);
});
