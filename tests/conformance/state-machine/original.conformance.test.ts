/** What the original answered to random machines: what was asked of it, and that another answer would be noticed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyRecording } from '../../../src/harness/recordings.ts';

const recording = join(import.meta.dirname, 'recordings', 'fornext-machines.jsonl.gz');
let folder: string;
let lines: readonly string[];
/** The lines of each trace. */
let traces: readonly (readonly string[])[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-fornext-'));
  lines = gunzipSync(await readFile(recording))
    .toString()
    .trimEnd()
    .split('\n');
  const begins = lines.flatMap((line, i) => (line.startsWith('{"trace":') ? [i] : []));
  traces = begins.map((at, i) => lines.slice(at, begins[i + 1] ?? lines.length - 1));
});
afterAll(() => rm(folder, { recursive: true }));

interface Line {
  readonly command?: { readonly type: string };
  readonly rows?: Record<string, unknown>[];
  readonly changes?: Record<
    string,
    { readonly set?: Record<string, unknown>[]; readonly gone?: unknown[] } | undefined
  >;
}

test('its heading says what answered', () => {
  const { versions, sql, drawn } = JSON.parse(lines[0]!);
  expect(Object.keys(versions)).toEqual(['github.com/fornext-io/fornext', 'node', 'go', 'fast-check']);
  expect(sql.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(drawn.seed).toBeGreaterThan(0);
  expect(traces.length).toBeGreaterThan(2000);
});

test('the example of the original ends as that does', () => {
  const example = traces.find(([begins]) => begins!.includes('"name":"example.json"'))!;
  const last = JSON.parse(example.at(-1)!) as Line;
  expect(last.rows).toEqual([{ kind: 'CompleteExecution', outcome: 'done', words: null }]);
  expect(last.changes!['asl.executors']!.set).toMatchObject([
    {
      status: 'done',
      output: {
        output: [
          ['123', '123'],
          ['123', '123'],
        ],
        status1: 'succeed',
      },
    },
  ]);
});

const first = (line: Line, table: string) => line.changes?.[`asl.${table}`]?.set?.[0];
/** Whether there was something to change. */
const plant = (row: Record<string, unknown> | undefined, column: string, value: unknown) =>
  Boolean(row && Object.hasOwn(row, column) && Object.assign(row, { [column]: value }));

test.each<[string, (line: Line) => boolean]>([
  [
    'the id of a run',
    ({ command, rows }) => command?.type === 'run' && plant(rows?.[0], 'id', '/tenant/namespace/e/1'),
  ],
  [
    'the kind of a message',
    ({ command, rows }) => command?.type === 'deliver' && plant(rows?.[0], 'kind', 'StateStarted'),
  ],
  [
    'the words of a panic',
    ({ rows }) => rows?.[0]?.outcome === 'panic' && plant(rows[0], 'words', 'not found.'),
  ],
  ['a deadlock', ({ rows }) => rows?.[0]?.outcome === 'deadlock' && plant(rows[0], 'outcome', 'done')],
  ['who has to wait', ({ rows }) => rows?.[0]?.outcome === 'waits' && plant(rows[0], 'outcome', 'sent')],
  [
    'the input of a task',
    ({ command, rows }) => command?.type === 'read_tasks' && plant(rows?.[0], 'input', 3),
  ],
  ['the clock', (line) => plant(first(line, 'executors'), 'logical', 4711)],
  ['the output of an execution', (line) => plant(first(line, 'executors'), 'output', { other: 1 })],
  ['what a message carries', (line) => plant(first(line, 'messages'), 'payload', {})],
  ['a message that is missing', (line) => Boolean(line.changes?.['asl.messages']?.set?.pop())],
  ['a message that is still there', (line) => Boolean(line.changes?.['asl.messages']?.gone?.pop())],
  ['an activity', (line) => plant(first(line, 'activities'), 'state_name', 'S99')],
  ['what an activity waits for', (line) => plant(first(line, 'activities'), 'done', 77)],
  ['the timestamp of an execution', (line) => plant(first(line, 'executions'), 'timestamp', '1')],
  ['a branch', (line) => plant(first(line, 'branches'), 'index', 9)],
  ['an iteration', (line) => plant(first(line, 'iterations'), 'activity_id', '/tenant')],
  ['a task that is missing', (line) => Boolean(line.changes?.['asl.tasks']?.set?.pop())],
  [
    'a text of the clock',
    ({ command, rows }) => command?.type === 'as_string' && plant(rows?.[0], 'value', '1f'),
  ],
])('another answer is noticed: %s', async (_, change) => {
  const places = traces.flatMap((trace, t) => (trace.some((text) => change(JSON.parse(text))) ? [t] : []));
  const [begins, ...answers] = traces[places[Math.floor(places.length / 2)]!]!;
  const i = answers.findIndex((text) => change(JSON.parse(text)));
  const line = JSON.parse(answers[i]!);
  change(line);
  const alone = (told: readonly string[]) => [
    lines[0],
    JSON.stringify({ ...JSON.parse(begins!), trace: 0 }),
    ...told,
    JSON.stringify({ end: { traces: 1, commands: answers.length } }),
  ];
  const verdictOf = async (told: readonly string[]) => {
    const file = join(folder, 'changed.jsonl.gz');
    await writeFile(file, gzipSync(`${alone(told).join('\n')}\n`));
    return (await verifyRecording({ recording: file })).verdict;
  };
  expect(await verdictOf(answers)).not.toBe('diverged');
  expect(await verdictOf(answers.with(i, JSON.stringify(line))), answers[i]).toBe('diverged');
});
