/** Nothing is left of a simulation in the process that it ran in. */
import { expect, it } from 'vitest';
import { simulate } from '../../src/harness/simulator/index.ts';
import { Analyze, Greet } from './flows.ts';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

it('a simulation leaves no timer, no listener and no global behind', async () => {
  const globals = Reflect.ownKeys(globalThis).length;
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  const before = timers();
  const sim = simulate(Analyze, { workers: 3, seed: 1 });
  sim.step('website').runs(async () => {
    // Longer than promises take, so that the limit of real time is watched.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { html: '', pages: [1] };
  });
  await sim.start({ url: 'u' }).finish();
  sim.workers[0]?.stop();
  await sim.advance('1h');
  expect(timers()).toBe(before);
  expect(Reflect.ownKeys(globalThis)).toHaveLength(globals);
  expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners);
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
