/** The recordings of this repository: the model agrees with each of them, and no database is asked. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecording } from '../../src/harness/recording/read.ts';
import { encodeRow } from '../../src/harness/recording/values.ts';
import { verifyRecording } from '../../src/harness/recordings.ts';
import { defaultServices, findRelease } from '../../src/harness/services.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const recordings = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.jsonl.gz'))
  .sort();
const services = {
  ...defaultServices,
  openDriver: () => Promise.reject(new Error('a recording needs no database')),
};
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-recordings-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('every engine has recordings: of kept traces for each release that has any, and of samples', () => {
  const files = recordings.map((file) => `${dirname(dirname(file))}/${basename(file, '.jsonl.gz')}`);
  expect(files).toEqual([
    'event-store/text-kept',
    'event-store/text-original',
    'event-store/uuid-kept',
    'event-store/uuid-original',
    'pgflow/0.1.20-kept',
    'pgflow/0.1.20-samples',
    'pgflow/0.8.1-kept',
    'pgflow/0.8.1-samples',
    'pgmq/1.11.1-kept',
    'pgmq/1.11.1-samples',
  ]);
});

test.each(recordings)('the model agrees with %s', async (file) => {
  const report = await verifyRecording({ recording: join(import.meta.dirname, file), services });
  expect(report.divergence).toBeNull();
  expect(report.verdict).toBe('agreed');
  expect(report.commands).toBeGreaterThan(30);
  // What a recording does not hold would be told here.
  expect(report.remarks.filter((line) => line.startsWith('not compared'))).toEqual([]);
  if (file.includes('original')) expect(report.unwitnessed).toEqual([]);
});

test('together they are small enough for the repository, and the suites for the package', async () => {
  const sizes = await Promise.all(
    recordings.map(async (file) => [file, (await readFile(join(import.meta.dirname, file))).length] as const),
  );
  const sum = (of: typeof sizes) => of.reduce((total, [, size]) => total + size, 0);
  expect(sum(sizes)).toBeLessThan(10_000_000);
  expect(sum(sizes.filter(([file]) => file.includes('-kept')))).toBeLessThan(1_000_000);
});

const python = await run('python3', ['--version']).then(
  () => 'python3',
  () => undefined,
);
const readers = [
  ['Node', process.execPath, 'read.mjs'],
  ['Python', python, 'read.py'],
] as const;

describe.each(readers)('the reader in %s', (_, program, script) => {
  const file = join(root, 'examples', 'recording-readers', script);

  test('is short, and knows nothing of pgtwin', async () => {
    const text = await readFile(file, 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(text).not.toMatch(/(import|from|require)\b.*(pgtwin|src\/|dist\/)/);
  });

  test.skipIf(program === undefined)('gives every table of every command', async () => {
    for (const recording of recordings.filter((each) => /-kept|text-original/.test(each))) {
      const path = join(import.meta.dirname, recording);
      const { stdout } = await run(program!, [file, path], { maxBuffer: 1 << 30 });
      const told = stdout.trimEnd().split('\n');
      let command = 0;
      for await (const each of readRecording(path, (engine, release) => findRelease(engine, release))) {
        for (const { tables } of each.answers()) {
          const wanted = [...tables].map(([name, rows]) => [name, rows.map(encodeRow).map(sorted).sort()]);
          const found = Object.entries(JSON.parse(told[command]!) as Record<string, object[]>);
          expect(found.map(([name, rows]) => [name, rows.map(sorted).sort()])).toEqual(wanted);
          command++;
        }
      }
      expect(told.length).toBe(command);
    }
  });
});

/** Whatever the order of its members. */
const sorted = (row: object) =>
  JSON.stringify(row, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

test('a difference is found in a recording of pgflow as well', async () => {
  const path = join(import.meta.dirname, 'pgflow', 'recordings', '0.8.1-kept.jsonl.gz');
  const text = gunzipSync(await readFile(path)).toString();
  const { gzipSync } = await import('node:zlib');
  const changed = join(folder, 'changed.jsonl.gz');
  expect(text).toContain('"status":"completed"');
  await writeFile(changed, gzipSync(text.replace('"status":"completed"', '"status":"started"')));
  const { verdict, divergence } = await verifyRecording({ recording: changed, services, out: folder });
  expect(verdict).toBe('diverged');
  expect(divergence!.where).toMatch(/status$/);
});
