/** Files that a command reads: traces, allowed differences, reports of mutants. */
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnyCommand } from '../../../src/harness/contract/command.ts';
import type { Trace } from '../../../src/harness/contract/trace.ts';
import { readAllowed } from '../../../src/harness/diff/allowed.ts';
import { mergeReports } from '../../../src/harness/mutants/merge.ts';
import { readReport } from '../../../src/harness/mutants/report-format.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import { newFolder } from '../folder.ts';
import type { Target } from '../fuzz.ts';
import { mutatedJson } from '../mutated-json.ts';
import { outcomeOf } from '../outcome.ts';

const conformance = join(import.meta.dirname, '../../conformance');

/** Small ones, so that a change hits something. */
function keptTraces(): unknown[] {
  return ['pgflow', 'pgmq', 'event-store'].flatMap((engine) => {
    const folder = join(conformance, engine, 'traces');
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    return texts.filter((text) => text.length < 3000).map((text) => JSON.parse(text));
  });
}

const folder = newFolder();
let files = 0;

async function fileWith(text: string): Promise<string> {
  const file = join(folder, `${files++ % 50}.json`);
  await writeFile(file, text);
  return file;
}

/** On the model alone: whatever is let in, it has an answer. */
function execute({ engine, release, startedAt, commands }: Trace<AnyCommand>): void {
  const found = findRelease(engine, release);
  let state = found.machine.initialState;
  let now = Date.parse(startedAt);
  for (const [position, { at, command }] of commands.entries()) {
    const uuid = found.uuid(commands, position);
    const outcome = found.machine.transition(state, command, {
      now: Math.max(now, Date.parse(startedAt) + at),
      uuid,
    });
    state = outcome.state;
    now = outcome.finishedAt;
  }
  found.project(state);
}

export const traces: Target = {
  name: 'traces',
  arbitrary: () => mutatedJson(keptTraces()),
  run: (text: string) =>
    outcomeOf(async () => {
      const file = await fileWith(text);
      execute(await readTraceFile(file, (engine, release) => findRelease(engine, release)));
    }),
};

export const allowed: Target = {
  name: 'allowed differences',
  arbitrary: () =>
    mutatedJson([[{ function: 'complete_task', where: 'step_states.status', reason: 'known' }], [], {}, [1]]),
  run: (text: string) => outcomeOf(async () => readAllowed(await fileWith(text))),
};

const report = {
  ...{
    pgtwin: '0.1.0',
    engine: 'pgflow',
    release: '0.8.1',
    versions: { postgres: '18.3' },
    fingerprint: 'a',
  },
  ...{
    seed: 1,
    samples: 400,
    forMs: null,
    maxCommands: 60,
    shrinkAttempts: 100,
    chosen: 1,
    interrupted: false,
  },
  selection: { functions: [], operators: [], mutants: [], sample: null },
  shard: { index: 1, of: 2 },
  remarks: [],
  mutants: [],
};

/** Of the other machine. */
const otherShare = { ...report, shard: { index: 2, of: 2 } };

export const reports: Target = {
  name: 'reports of mutants',
  arbitrary: () => mutatedJson([report, { ...report, shard: null }]),
  run: (text: string) =>
    outcomeOf(async () => {
      const file = await fileWith(text);
      mergeReports([
        { file, report: await readReport(file) },
        { file, report: await readReport(await fileWith(JSON.stringify(otherShare))) },
      ]);
    }),
};
