/**
 * The same flow of three steps with what a user would pick instead of the simulator. They are installed on demand, into
 * a folder of their own; where npm is out of reach, they are left out, and it is said.
 *
 * Chosen: `@inngest/test`, the test kit of the nearest relative; and `@effect/workflow` with its engine in memory, as
 * the one durable workflow engine that runs in the process of the test, with neither a server nor a database.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from './statistics.ts';

export interface Speed {
  readonly runsPerSecond: number;
  /** Of all threads together: what stays comparable on a busy machine. */
  readonly runsPerCpuSecond: number;
}

export interface RivalFigure {
  readonly name: string;
  /** Medians; none where it could not be measured. */
  readonly runs: Speed | undefined;
}

const run = promisify(execFile);
const scripts = fileURLToPath(new URL('../../rivals/', import.meta.url));
const ours = fileURLToPath(new URL('./three-steps.js', import.meta.url));
const bySql = fileURLToPath(new URL('./three-steps-sql.js', import.meta.url));
const folder = fileURLToPath(new URL('../../../.pgtwin/rivals/', import.meta.url));

type Measure = () => Promise<Speed>;

/** Each in every round and in a process of its own, so that what the machine does meanwhile happens to all of them. */
export async function measureRivals(rounds: number, tell: (what: string) => void): Promise<RivalFigure[]> {
  const isInstalled = await install(tell);
  const rivals: readonly (readonly [string, Measure | undefined])[] = [
    ['pgtwin, the model', () => scripted(ours, 'model')],
    ["pgtwin, pgflow's SQL in PGlite, each command compared with the model", () => scripted(ours, 'pglite')],
    ["pgflow's SQL in PGlite, called by hand", () => scripted(bySql)],
    ['@inngest/test 1.0.0', isInstalled ? () => scripted('inngest.mjs') : undefined],
    ['@effect/workflow 0.19.1, in memory', isInstalled ? () => scripted('effect-workflow.mjs') : undefined],
  ];
  const measured = rivals.map((): Speed[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, [name, measure]] of rivals.entries()) {
      if (measure === undefined) continue;
      tell(`${name}, round ${round + 1}`);
      measured[i]!.push(await measure());
    }
  }
  return rivals.map(([name], i) => ({ name, runs: middle(measured[i]!) }));
}

function middle(speeds: readonly Speed[]): Speed | undefined {
  if (speeds.length === 0) return undefined;
  return {
    runsPerSecond: median(speeds.map(({ runsPerSecond }) => runsPerSecond)),
    runsPerCpuSecond: median(speeds.map(({ runsPerCpuSecond }) => runsPerCpuSecond)),
  };
}

async function install(tell: (what: string) => void): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  await cp(scripts, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  tell('installing what else there is');
  try {
    const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', args, { cwd: folder, timeout: 300_000 });
    return true;
  } catch (error) {
    tell(`left out, as npm cannot install it: ${(error as Error).message.split('\n')[0]}`);
    return false;
  }
}

async function scripted(...args: string[]): Promise<Speed> {
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Speed;
}

export function rivalsText(figures: readonly RivalFigure[]): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const whole = (value: number) => Math.round(value).toLocaleString('en-US');
  const value = ({ runs }: RivalFigure) =>
    runs === undefined
      ? 'left out: not installed'
      : `${whole(runs.runsPerSecond)} runs/s, ${whole(runs.runsPerCpuSecond)} a second of processor time`;
  return [
    '\nthree steps, one after another, in memory',
    ...figures.map((figure) => `  ${figure.name.padEnd(width)}  ${value(figure)}`),
  ].join('\n');
}
