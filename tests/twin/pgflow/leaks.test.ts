/** Nothing is left of a simulation in the process that it ran in. */
import { expect, it } from 'vitest';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { leftBehind, unhandledDuring } from '../../support/leaks.ts';
import { Greet } from './flows.ts';

it('a simulation leaves no timer, no listener and no global behind', async () => {
  const { before, after } = await leftBehind('what-is-left.ts');
  expect(before.timers).toBe(0);
  expect(after).toEqual(before);
});

it('a rejection that nobody waits for any more is not one of the process', async () => {
  const sim = simulate(Greet);
  sim.step('hello').runs(async () => {
    await null;
    throw new Error('too late');
  });
  sim.step('hello').crashes('during');
  const unhandled = await unhandledDuring(async () => {
    const run = await sim.start({ name: 'Ada' }).finish();
    expect(run.stuck).toBeDefined();
  });
  expect(unhandled).toEqual([]);
});
