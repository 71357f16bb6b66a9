/** What a project has of its own around pgflow, on one kept trace: calls out of the database. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';
import { webhook } from '../../support/own-sql.ts';
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
