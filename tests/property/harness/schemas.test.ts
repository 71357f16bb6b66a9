/** The published schemas say all that the commands write, and nothing that they do not. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { run } from '../../../src/harness/cli/main.ts';
import type { Services } from '../../../src/harness/contract/services.ts';
import { recordingJsonSchema, recordingLineSchema } from '../../../src/harness/recording/format.ts';
import { reportJsonSchemas, reportSchemas } from '../../../src/harness/report/schemas.ts';
import { mutableToy, newLog } from './mutants/mutable-toy.ts';
import { toyServices } from './toy-diff.ts';
import { openToyDriver, toyEngine } from './toy-engine.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-schemas-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function pgtwin(services: Services, ...line: string[]): Promise<unknown> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, env: {}, signal: new AbortController().signal, services };
  await run([...line, '--json', '-'], io);
  return JSON.parse(String(stdout.read()));
}

const good: Services = { engines: [toyEngine], openDriver: async () => openToyDriver() };
const bad: Services = {
  engines: [toyEngine],
  openDriver: async () => openToyDriver({ bug: (sum) => (sum > 20 ? sum + 1 : sum) }),
};
const toyDiff = (from: string, to: string, samples: string) => {
  const sides = ['--engine', 'toy', '--from', from, '--to', to];
  return pgtwin(toyServices({}), 'diff', ...sides, '--samples', samples, '--out', folder);
};
const verify = ['verify', '--engine', 'toy', '--samples', '30'];

test.each<[string, keyof typeof reportSchemas, () => Promise<unknown>]>([
  ['a run that agrees', 'verify', () => pgtwin(good, ...verify, '--out', folder)],
  ['a run that diverges', 'verify', () => pgtwin(bad, ...verify, '--out', join(folder, 'out'))],
  [
    'a run of all',
    'verify',
    () => pgtwin(good, 'verify', '--engine', 'all', '--samples', '3', '--out', folder),
  ],
  ['a difference', 'diff', () => toyDiff('1.0.0', '1.2.0', '30')],
  ['no difference', 'diff', () => toyDiff('1.0.0', '2.0.0', '3')],
  [
    'mutants',
    'mutants',
    () =>
      pgtwin(
        mutableToy(newLog()),
        'mutants',
        '--engine',
        'toy',
        '--samples',
        '20',
        '--operator',
        'arithmetic',
        '--operator',
        'order',
      ),
  ],
])('%s is what the schema of %s says, to the last field', async (_, command, report) => {
  const json = await report();
  // What the schema does not name would be left out here.
  expect(reportSchemas[command].parse(json)).toEqual(json);
});

test('a replay is what its schema says, to the last field', async () => {
  const out = join(folder, 'found');
  const { divergence } = (await pgtwin(bad, ...verify, '--out', out)) as { divergence: { file: string } };
  for (const services of [good, bad]) {
    const json = await pgtwin(services, 'replay', divergence.file);
    expect(reportSchemas.replay.parse(json)).toEqual(json);
  }
});

test('a line of a recording is what its schema says, to the last field', async () => {
  const recording = join(folder, 'a.jsonl.gz');
  const io = {
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    signal: new AbortController().signal,
  };
  await run(['record', '--engine', 'toy', '--samples', '5', '--out', recording], { ...io, services: good });
  const lines = gunzipSync(await readFile(recording))
    .toString()
    .trimEnd()
    .split('\n');
  for (const text of lines) expect(recordingLineSchema.parse(JSON.parse(text))).toEqual(JSON.parse(text));
});

test('each is a JSON Schema that zod reads again', () => {
  for (const schema of [...Object.values(reportJsonSchemas()), recordingJsonSchema()]) {
    expect(() => z.fromJSONSchema(schema as never)).not.toThrow();
  }
});
