/** The recordings of this repository: the model agrees with each of them, and no database is asked. */
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyRecording } from '../../src/harness/recordings.ts';
import { defaultServices } from '../../src/harness/services.ts';
import { expectReaderAgrees, readers } from '../support/recording-readers.ts';

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
    'activity-ledger/countdown-collator',
    'activity-ledger/countdown-jobs',
    'activity-ledger/countdown-kept',
    'activity-ledger/increment-kept',
    'dag-cascade/1.0-kept',
    'dag-cascade/1.0-original',
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
    'state-machine/fornext-machines',
    'state-machine/states-language-kept',
  ]);
});

test.each(recordings)('the model agrees with %s', async (file) => {
  const report = await verifyRecording({ recording: join(import.meta.dirname, file), services });
  expect(report.divergence).toBeNull();
  expect(report.verdict).toBe('agreed');
  expect(report.commands).toBeGreaterThan(30);
  // What a recording does not hold would be told here: an original that is no SQL has no graph in tables, and no sequences.
  const isPart = /countdown-(collator|jobs)|fornext-machines/.test(file);
  expect(report.remarks.filter((line) => line.startsWith('not compared'))).toHaveLength(isPart ? 1 : 0);
  if (file.includes('original')) expect(report.unwitnessed).toEqual([]);
  // A program in Go has no refusals of a database. One that has ended, or stands still, is asked for little.
  const hasNoWords = (branch: string) => /refused|dead/.test(branch);
  if (file.includes('machines')) expect(report.unwitnessed.filter((each) => !hasNoWords(each))).toEqual([]);
});

test('together they are small enough for the repository, and the suites for the package', async () => {
  const sizes = await Promise.all(
    recordings.map(async (file) => [file, (await readFile(join(import.meta.dirname, file))).length] as const),
  );
  const sum = (of: typeof sizes) => of.reduce((total, [, size]) => total + size, 0);
  expect(sum(sizes)).toBeLessThan(10_000_000);
  expect(sum(sizes.filter(([file]) => file.includes('-kept')))).toBeLessThan(1_000_000);
});

const ofKept = recordings.filter((file) => file.includes('-kept'));

describe.each(readers)('the reader in $language', (reader) => {
  test('is short, and knows nothing of pgtwin', async () => {
    const text = await readFile(reader.file, 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect(text).not.toMatch(/(import|from|require)\b.*(pgtwin|src\/|dist\/)/);
  });

  // Those of samples are read in the long tier.
  test.for(ofKept)('gives every table of every command of %s', async (file, { skip }) => {
    await expectReaderAgrees(reader, join(import.meta.dirname, file), skip);
  });
});

describe('a recording of pgflow', () => {
  const linesOf = async (name: string) => {
    const path = join(import.meta.dirname, 'pgflow', 'recordings', `${name}.jsonl.gz`);
    return gunzipSync(await readFile(path))
      .toString()
      .trimEnd()
      .split('\n');
  };
  const withLines = async (lines: readonly string[]) => {
    const file = join(folder, 'changed.jsonl.gz');
    await writeFile(file, gzipSync(`${lines.join('\n')}\n`));
    return file;
  };

  test.each<[string, (line: Line, pick: <T>(list: readonly T[]) => T) => boolean]>([
    [
      'a value of a row',
      ({ changes }, pick) =>
        changeRow(changes, pick, (row, column) => {
          const value = row[column];
          row[column] = typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : 'x';
        }),
    ],
    [
      'a row that is missing',
      ({ changes }, pick) => {
        const set = pick(Object.values(changes).filter((change) => change?.set?.length))?.set;
        return set?.splice(set.indexOf(pick(set)), 1) !== undefined;
      },
    ],
    ['a result', (line) => Boolean(line.rows?.length && line.rows.push(line.rows[0]!))],
    ['an instant', (line) => Boolean(line.finishedAt++ + 1)],
    ['a table that is gone', ({ changes }) => Boolean(Object.assign(changes, { 'pgflow.runs': null }))],
  ])('is found to differ in %s', async (_, change) => {
    const lines = await linesOf('0.8.1-kept');
    const places = lines.flatMap((text, i) => (text.startsWith('{"at":') ? [i] : []));
    let planted = 0;
    for (let seed = 1; planted < 8; seed++) {
      const [i] = fc.sample(fc.constantFrom(...places), { seed, numRuns: 1 });
      const line = JSON.parse(lines[i!]!) as Line;
      let draws = seed;
      if (!change(line, (list) => list[draws++ % list.length]!)) continue;
      planted++;
      const file = await withLines(lines.with(i!, JSON.stringify(line)));
      const { verdict } = await verifyRecording({ recording: file, services });
      expect(verdict, `seed ${seed}, line ${i! + 1}: ${lines[i!]}`).toBe('diverged');
    }
  });

  test('from which all tables were left out agrees as far as it can be compared', async () => {
    const lines = await linesOf('0.8.1-samples');
    const heading = JSON.parse(lines[0]!);
    heading.observed = { ...heading.observed, tables: {}, otherTables: false };
    const bare = lines.slice(1).map((text) => {
      const line = JSON.parse(text);
      return JSON.stringify('changes' in line ? { ...line, changes: {} } : line);
    });
    const report = await verifyRecording({
      recording: await withLines([JSON.stringify(heading), ...bare]),
      services,
    });
    expect(report.divergence).toBeNull();
    expect(report.commands).toBeGreaterThan(lines.length / 3);
    expect(report.remarks.join('\n')).toMatch(/the SQL chose an order there .* trace \d+ from commands/);
  });
});

interface Line {
  finishedAt: number;
  rows?: object[];
  changes: Record<string, { key?: string[]; set?: Record<string, unknown>[] } | null>;
}

function changeRow(
  changes: Line['changes'],
  pick: <T>(list: readonly T[]) => T,
  change: (row: Record<string, unknown>, column: string) => void,
): boolean {
  const set = pick(Object.values(changes).filter((each) => each?.set?.length))?.set;
  const row = set && pick(set);
  if (!row) return false;
  change(row, pick(Object.keys(row)));
  return true;
}
