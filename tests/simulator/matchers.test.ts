/** What a failing test says: what was claimed, what is so instead, and the timeline. */
import { describe, expect, it } from 'vitest';
import {
  AssertionError,
  assertAttempts,
  assertCompleted,
  assertFailed,
  assertOutput,
  assertStuck,
  simulate,
} from '../../src/harness/simulator/index.ts';
import '../../src/harness/simulator/vitest.ts';
import { Chain, Greet } from './flows.ts';

const completed = async () => simulate(Chain).start({ n: 1 }).finish();

async function failed() {
  const sim = simulate(Chain);
  sim.step('second').throws(new Error('429 of the bank'));
  return sim.start({ n: 1 }).finish();
}

async function stuck() {
  const sim = simulate(Chain);
  sim.step('second').crashes('after');
  return sim.start({ n: 1 }).finish();
}

const timeline = `
    +0.000s  worker 1 starts
    +0.000s  run 1 starts with {"n":1}
    +0.000s  first attempt 1 starts on worker 1
    +0.000s  first completes with {"n":2}
    +0.000s  second attempt 1 starts on worker 1`;

describe('a claim that holds', () => {
  it('passes, and its opposite fails', async () => {
    const [good, bad, hung] = [await completed(), await failed(), await stuck()];
    expect(good).toHaveCompleted();
    expect(good.step('third')).toHaveCompleted();
    expect(good).toHaveOutput({ third: { n: 4 } });
    expect(good.step('first')).toHaveOutput({ n: 2 });
    expect(good.step('first').tasks[0]).toHaveOutput({ n: 2 });
    expect(good.step('first').tasks[0]).toHaveAttempts(1);
    expect(bad).toHaveFailed();
    expect(bad).toHaveFailed('429');
    expect(bad).toHaveFailed(/bank$/);
    expect(bad.step('second')).toHaveAttempts(2);
    expect(hung).toBeStuck();
    expect(hung).toBeStuck('stalled-tasks-are-never-retried');
    expect(bad).not.toHaveCompleted();
    expect(good).not.toHaveFailed();
    expect(bad).not.toHaveFailed('430');
    expect(good).not.toHaveOutput({});
    expect(good).not.toBeStuck();
    expect(hung).not.toBeStuck('another');
    expect(() => expect(good).not.toHaveCompleted()).toThrow(
      'expected run 1 not to have completed, but it is so',
    );
  });

  it('passes as a plain function', async () => {
    const [good, bad, hung] = [await completed(), await failed(), await stuck()];
    assertCompleted(good);
    assertOutput(good, { third: { n: 4 } });
    assertAttempts(good.step('first'), 1);
    assertFailed(bad, '429');
    assertStuck(hung, 'stalled-tasks-are-never-retried');
  });
});

describe('a claim that does not hold', () => {
  it('says so, and shows the timeline', async () => {
    const hung = await stuck();
    expect(() => expect(hung).toHaveCompleted()).toThrow(
      "expected run 1 to have completed, but it is started and stuck: task second was left started (its worker crashed after the handler's work): in pgflow 0.8.1 nobody starts a started task again (stalled-tasks-are-never-retried)",
    );
    expect(() => expect(hung).toHaveCompleted()).toThrow(timeline);
    expect(() => assertCompleted(hung)).toThrow(timeline);
    expect(() => assertCompleted(hung)).toThrow(AssertionError);
  });

  it.each<[string, () => Promise<void>, string]>([
    [
      'failed',
      async () => assertFailed(await completed()),
      'expected run 1 to have failed, but it is completed',
    ],
    [
      'failed otherwise',
      async () => assertFailed(await failed(), '500'),
      'expected run 1 to have failed with 500, but it failed with "429 of the bank"',
    ],
    [
      'completed',
      async () => assertCompleted((await failed()).step('second')),
      'expected step "second" to have completed, but it is failed: 429 of the bank',
    ],
    [
      'given something',
      async () => assertOutput(await completed(), { third: { n: 5 } }),
      'expected run 1 to have the output {"third":{"n":5}}, but it has {"third":{"n":4}} and is completed',
    ],
    [
      'attempts',
      async () => assertAttempts((await failed()).step('second'), 3),
      'expected step "second" to have 3 attempts, but it has 2\n\n  2030-01-01T00:00:00.000Z  attempt 1 failed: 429 of the bank',
    ],
    [
      'stuck',
      async () => assertStuck(await failed()),
      'expected run 1 to be stuck, but it is failed: 429 of the bank',
    ],
  ])('says what is so instead: %s', async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });

  it('a run that nobody drove is one that has not begun', async () => {
    const run = simulate(Greet).start({ name: 'Ada' });
    expect(() => assertCompleted(run)).toThrow('expected run 1 to have completed, but it is scheduled');
  });
});

describe('a timeline', () => {
  it('of a run has the events of that run and of the workers, of a simulation those of all runs', async () => {
    const sim = simulate(Greet);
    const [first] = [sim.start({ name: 'Ada' }), sim.start({ name: 'Bob' })];
    await sim.finish();
    expect(first).toMatchTimeline();
    expect(sim).toMatchTimeline();
    expect(sim.timeline.map(({ event, run }) => [event, run])).toEqual([
      ['worker', undefined],
      ['run started', 1],
      ['run started', 2],
      ['attempt started', 1],
      ['attempt started', 2],
      ['attempt completed', 1],
      ['run completed', 1],
      ['attempt completed', 2],
      ['run completed', 2],
    ]);
  });
});
