/** How long `pgtwin verify` takes to its first sample, as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchOptions } from './options.ts';
import { median } from './statistics.ts';

/** Seconds from the start of the process. */
export interface Start {
  /** The database is open, the first sample begins. */
  readonly ready: number;
  /** The first sample was executed and compared, and the report of it printed. */
  readonly firstSample: number;
}

export interface Starts {
  readonly cached: Start;
  readonly uncached: Start;
}

const command = fileURLToPath(new URL('../../../bin/pgtwin.js', import.meta.url));

export async function measureStarts({ starts }: BenchOptions): Promise<Starts> {
  const uncached: Start[] = [];
  const cached: Start[] = [];
  for (let i = 0; i < starts.uncached; i++) {
    await inTemporaryDirectory(async (directory) => {
      uncached.push(await startOnce(directory));
      // The image is there now; what is left to do is shared out over the directories.
      const share = Math.ceil((starts.cached - cached.length) / (starts.uncached - i));
      for (let n = 0; n < share; n++) cached.push(await startOnce(directory));
    });
  }
  return { cached: middle(cached), uncached: middle(uncached) };
}

const middle = (starts: readonly Start[]): Start => ({
  ready: median(starts.map(({ ready }) => ready)),
  firstSample: median(starts.map(({ firstSample }) => firstSample)),
});

async function inTemporaryDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'pgtwin-bench-'));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function startOnce(directory: string): Promise<Start> {
  const startedAt = performance.now();
  const sinceStart = () => (performance.now() - startedAt) / 1000;
  const child = spawn(process.execPath, [command, 'verify', '--samples', '1', '--seed', '1'], {
    cwd: directory,
    env: { ...process.env, PGTWIN_CACHE: directory, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ready: number | undefined;
  let firstSample = 0;
  child.stdout.on('data', () => {
    // What it is about to test is printed as soon as the first database is open, and its report at the end.
    firstSample = sinceStart();
    ready ??= firstSample;
  });
  const [status] = await once(child, 'close');
  if (status !== 0 || ready === undefined) throw new Error(`pgtwin verify ended with status ${status}`);
  return { ready, firstSample };
}
