// Long tier: recordings are made here, on databases of their own.
/** Recordings of the real database: made, interrupted, and of SQL that has more than the engine. */
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { record, verifyRecording } from '../../src/harness/recordings.ts';
import { firstMigrations, migrationDirectory } from '../support/migration-directory.ts';
import { pgtwin } from '../support/pgtwin.ts';
import { expectReaderAgrees, readers } from '../support/recording-readers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-made-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** More than the driver resets before its housekeeping. */
const many = { engine: 'pgmq', samples: 230, maxCommands: 8, seed: 3 };

test.each([40, 215])('the bytes are the same where it was interrupted after %i traces', async (after) => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
  const [whole, out] = [join(folder, 'whole.jsonl.gz'), join(folder, `${after}.jsonl.gz`)];
  await record({ ...many, out: whole });
  const controller = new AbortController();
  const onProgress = ({ traces }: { readonly traces: number }) => {
    if (traces === after) controller.abort();
  };
  const first = await record({ ...many, out, onProgress, signal: controller.signal });
  expect(first).toMatchObject({ interrupted: true, traces: after });
  expect(await record({ ...many, out })).toMatchObject({ resumed: after, traces: 230 });
  expect(await readFile(out)).toEqual(await readFile(whole));
  expect((await verifyRecording({ recording: out })).verdict).toBe('agreed');
});

test('SQL from the package is the same as that of its directory, where a divergence is shrunk', async () => {
  const out = join(folder, 'packaged.jsonl.gz');
  await record({ release: '0.8.1', samples: 6, seed: 2, out });
  const lines = gunzipSync(await readFile(out))
    .toString()
    .trimEnd()
    .split('\n');
  const migrations = await migrationDirectory(firstMigrations(12), {});
  const agreed = await pgtwin('verify', '--recording', out, '--migrations', migrations);
  expect(agreed).toMatchObject({ status: 0, err: '' });
  const changed = join(folder, 'changed.jsonl.gz');
  const at = lines.findIndex((line) => line.includes('"status":"completed"'));
  const other = lines.with(at, lines[at]!.replace('"status":"completed"', '"status":"started"'));
  await writeFile(changed, gzipSync(`${other.join('\n')}\n`));
  const differs = await pgtwin('verify', '--recording', changed, '--migrations', migrations, '--out', folder);
  expect(differs.status).toBe(1);
  expect(differs.out).toContain('the SQL that is named does not differ from the model there');
  const older = await migrationDirectory(firstMigrations(1), {});
  const refused = await pgtwin('verify', '--recording', out, '--migrations', older);
  expect(refused.err).toMatch(/^pgtwin: .*packaged.jsonl.gz: it was recorded from other SQL .*\n$/);
  expect(refused.status).toBe(2);
});

test('what SQL has beyond the engine is left out, and named whenever the recording is used', async () => {
  const own = 'create table pgflow.my_log (id int); alter table pgflow.runs add column note text;';
  const migrations = await migrationDirectory(firstMigrations(12), { '20990101000000_own.sql': own });
  const out = join(folder, 'own.jsonl.gz');
  const made = await pgtwin('record', '--migrations', migrations, '--samples', '5', '--out', out);
  expect(made).toMatchObject({ status: 0 });
  expect(made.out).toContain('table pgflow.my_log, column pgflow.runs.note');
  const [heading] = gunzipSync(await readFile(out))
    .toString()
    .split('\n', 1);
  const { observed } = JSON.parse(heading!);
  expect(observed.leftOut).toEqual(['table pgflow.my_log', 'column pgflow.runs.note']);
  expect(Object.keys(observed.tables)).not.toContain('pgflow.my_log');
  const checked = await pgtwin('verify', '--recording', out);
  expect(checked.status).toBe(0);
  expect(checked.out).toContain('not compared: table pgflow.my_log, column pgflow.runs.note');
});

describe.each(readers)('the reader in $language', (reader) => {
  const recordings = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
  test.for(recordings.filter((file) => /(samples|original)\.jsonl\.gz$/.test(file)))(
    'gives every table of every command of %s',
    async (file, { skip }) => {
      await expectReaderAgrees(reader, join(import.meta.dirname, file), skip);
    },
  );
});

test('each key of a heading is of columns that are there', async () => {
  for (const engine of ['pgflow', 'pgmq', 'event-store', 'dag-cascade']) {
    const out = join(folder, `${engine}.jsonl.gz`);
    await record({ engine, samples: 40, seed: 5, out });
    const lines = gunzipSync(await readFile(out))
      .toString()
      .trimEnd()
      .split('\n');
    const { tables } = JSON.parse(lines[0]!).observed as { tables: Record<string, string[]> };
    for (const line of lines) {
      const { changes = {} } = JSON.parse(line) as { changes?: Record<string, { set?: object[] } | null> };
      for (const [table, change] of Object.entries(changes)) {
        for (const row of change?.set ?? []) {
          for (const column of tables[table] ?? []) expect(Object.keys(row), table).toContain(column);
        }
      }
    }
  }
});
