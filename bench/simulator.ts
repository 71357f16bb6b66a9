/** The simulator on the model: runs a second, live runs, memory, a large map, and a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Flow } from '@pgflow/dsl';
import { simulate } from '../src/harness/pgflow/twin/index.ts';
import { usedHeap } from './memory.ts';
import { median } from './statistics.ts';

export interface SimulatorFigures {
  /** Three-step runs with async handlers, a second: a simulation for each, or one for all of them. */
  readonly runsEachInItsOwn: number;
  readonly runsInOne: number;
  /** By how many runs are live at once: microseconds a run. */
  readonly live: readonly { readonly runs: number; readonly microseconds: number }[];
  readonly bytesPerFinishedRun: number;
  /** Milliseconds for a map of 10,000 elements. */
  readonly map: number;
  /** Milliseconds from the start of a fresh process to its first finished run, and of an empty one to its end. */
  readonly firstRun: number;
  readonly emptyProcess: number;
}

const Three = new Flow<{ n: number }>({ slug: 'three' })
  .step({ slug: 'a' }, async ({ run }) => ({ n: run.n + 1 }))
  .step({ slug: 'b', dependsOn: ['a'] }, async ({ a }) => ({ n: a.n + 1 }))
  .step({ slug: 'c', dependsOn: ['b'] }, async ({ b }) => ({ n: b.n + 1 }));
const Large = new Flow<number[]>({ slug: 'large' }).map({ slug: 'each' }, async (n) => n + 1);
const elements = Array.from({ length: 10_000 }, (_, i) => i);

export async function measureSimulator(rounds: number): Promise<SimulatorFigures> {
  const repeated = async (measure: () => Promise<number>) => {
    const values: number[] = [];
    // The first round is the compiler's.
    for (let round = 0; round <= rounds; round++) values.push(await measure());
    return median(values.slice(1));
  };
  return {
    runsEachInItsOwn: 5_000 / (await repeated(() => seconds(() => eachInItsOwn(5_000)))),
    runsInOne: 10_000 / (await repeated(() => seconds(() => oneAfterAnother(10_000)))),
    live: [
      { runs: 100, microseconds: (await repeated(() => seconds(() => live(100)))) * 1e4 },
      { runs: 1_000, microseconds: (await repeated(() => seconds(() => live(1_000)))) * 1e3 },
      { runs: 10_000, microseconds: (await repeated(() => seconds(() => live(10_000)))) * 1e2 },
    ],
    bytesPerFinishedRun: await bytesPerRun(10_000),
    map: (await repeated(() => seconds(() => simulate(Large).start(elements).finish()))) * 1000,
    firstRun: (await repeated(() => seconds(() => inProcess(firstRun)))) * 1000,
    emptyProcess: (await repeated(() => seconds(() => inProcess('')))) * 1000,
  };
}

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return (performance.now() - begun) / 1000;
}

async function eachInItsOwn(count: number): Promise<void> {
  for (let n = 0; n < count; n++) check(await simulate(Three).start({ n }).finish());
}

async function oneAfterAnother(count: number): Promise<void> {
  const sim = simulate(Three);
  for (let n = 0; n < count; n++) check(await sim.start({ n }).finish());
}

async function live(count: number) {
  const sim = simulate(Three);
  const runs = Array.from({ length: count }, (_, n) => sim.start({ n }));
  for (const run of await Promise.all(runs.map((each) => each.finish()))) check(run);
  return sim;
}

async function bytesPerRun(count: number): Promise<number> {
  const before = usedHeap();
  const sim = await live(count);
  const bytes = usedHeap() - before;
  // Still needed here, so that nothing of it was collected before.
  return bytes / sim.runs.length;
}

function check(run: { readonly status: string }): void {
  if (run.status !== 'completed') throw new Error(`a run is ${run.status}`);
}

const entry = new URL('../../../dist/harness/pgflow/twin/index.js', import.meta.url).href;
const firstRun = `
  import { Flow } from '@pgflow/dsl';
  import { simulate } from '${entry}';
  const flow = new Flow({ slug: 'three' })
    .step({ slug: 'a' }, async () => 1)
    .step({ slug: 'b', dependsOn: ['a'] }, async () => 2)
    .step({ slug: 'c', dependsOn: ['b'] }, async () => 3);
  const run = await simulate(flow).start({}).finish();
  if (run.status !== 'completed') process.exit(1);`;

/** Until the process has ended. */
async function inProcess(script: string): Promise<void> {
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd });
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');

export async function simulatorText(rounds: number): Promise<string> {
  const figures = await measureSimulator(rounds);
  const lines: [string, string][] = [
    ['three-step runs, a simulation for each', `${whole(figures.runsEachInItsOwn)} runs/s`],
    ['three-step runs, one simulation for all', `${whole(figures.runsInOne)} runs/s`],
    ...figures.live.map(({ runs, microseconds }): [string, string] => [
      `${whole(runs)} runs live at once`,
      `${microseconds.toFixed(1)} µs a run`,
    ]),
    ['a finished run of three steps', `${whole(figures.bytesPerFinishedRun)} bytes`],
    ['a map of 10,000 elements', `${whole(figures.map)} ms`],
    [
      'a fresh process to its first finished run',
      `${whole(figures.firstRun)} ms (an empty one: ${whole(figures.emptyProcess)} ms)`,
    ],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return [
    '\nthe simulator on the model',
    ...lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
  ].join('\n');
}
