/** Nothing is left of a simulation in the process that it ran in. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { simulate } from '../../src/harness/simulator/index.ts';
import { Greet } from './flows.ts';

it('a simulation leaves no timer, no listener and no global behind', async () => {
  const script = join(import.meta.dirname, '..', 'support', 'what-is-left.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  const { before, after } = JSON.parse(stdout);
  expect(before.timers).toBe(0);
  expect(after).toEqual(before);
});

it('a rejection that nobody waits for any more is not one of the process', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const sim = simulate(Greet);
  sim.step('hello').runs(async () => {
    await null;
    throw new Error('too late');
  });
  sim.step('hello').crashes('during');
  const run = await sim.start({ name: 'Ada' }).finish();
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(run.stuck).toBeDefined();
  expect(unhandled).toEqual([]);
});
