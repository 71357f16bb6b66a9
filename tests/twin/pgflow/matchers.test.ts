/** What a failing test says: what was claimed, what is so instead, and the timeline. */
import { describe, expect, it } from 'vitest';
import {
  AssertionError,
  assertAttempts,
  assertCompleted,
  assertFailed,
  assertOutput,
  assertStuck,
  SimulationError,
  simulate,
} from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Chain, Greet, Squares } from './flows.ts';

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
      "expected run 1 to have completed, but it is started and stuck: task second was left started (its worker crashed after the handler's work): pgflow 0.8.1 never starts a started task again (stalled-tasks-are-never-retried)",
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
      `expected step "second" to have 3 attempts, but it has 2\n${timeline}
    +0.000s  second fails: 429 of the bank; again at +2.000s`,
    ],
    [
      'of a task',
      async () => assertOutput((await completed()).step('first').tasks[0]!, { n: 3 }),
      `expected task 0 to have the output {"n":3}, but it has {"n":2} and is completed\n${timeline}
    +0.000s  second completes with {"n":3}`,
    ],
    [
      'of a step that waits for another',
      async () => assertCompleted((await stuck()).step('third')),
      `expected step "third" to have completed, but it is created\n${timeline}
    +0.000s  worker 1 crashes after the work of run 1 second`,
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
    expect(() => assertCompleted(run)).toThrow(
      'expected run 1 to have completed, but it is scheduled: virtual time has not advanced yet',
    );
  });

  it('shows of a long timeline its beginning and its end', async () => {
    const run = await simulate(Squares)
      .start(Array.from({ length: 200 }, (_, i) => i))
      .finish();
    const { message } = await assertFails(() => assertFailed(run));
    const lines = message.split('\n');
    expect(lines).toHaveLength(2 + 30 + 1 + 70);
    expect(lines[32]).toMatch(/^ +\.\.\. {2}\d+ more lines: see the timeline of the run$/);
    expect(lines.at(-1)).toContain('run 1 completes with');
    expect(lines[2]).toContain('worker 1 starts');
  });

  it('shows vitest what differs, so that it can be shown in colours', async () => {
    const run = await completed();
    const error = await assertFails(() => expect(run).toHaveOutput({ third: { n: 5 } }));
    expect(error).toMatchObject({ actual: { third: { n: 4 } }, expected: { third: { n: 5 } } });
  });
});

async function assertFails(act: () => void): Promise<Error> {
  return (async () => act())().then(
    () => expect.unreachable(),
    (error: Error) => error,
  );
}

it('an output may be claimed with asymmetric matchers, which are named when they do not match', async () => {
  const run = await completed();
  expect(run).toHaveOutput({ third: { n: expect.any(Number) } });
  expect(run).toHaveOutput(expect.objectContaining({ third: { n: 4 } }));
  expect(run.step('first')).not.toHaveOutput({ n: expect.any(String) });
  expect(() => expect(run).toHaveOutput({ third: { n: expect.any(String) } })).toThrow(
    'expected run 1 to have the output {"third": {"n": Any<String>}}, but it has {"third":{"n":4}} and is completed',
  );
});

describe('a claim that cannot be', () => {
  it.each<[string, (run: Awaited<ReturnType<typeof completed>>) => unknown, string]>([
    [
      'about a promise',
      (run) => assertCompleted(Promise.resolve(run) as never),
      'assertCompleted was given a promise: expected a run or a step of a simulation (is an await missing?)',
    ],
    [
      'about nothing',
      () => assertOutput(undefined as never, 1),
      'assertOutput was given undefined: expected',
    ],
    ['about the wrong kind', (run) => assertAttempts(run as never, 1), 'expected a step or a task'],
    ['about a step', (run) => assertStuck(run.step('first') as never), 'expected a run of a simulation'],
    [
      'of attempts that are no number',
      (run) => assertAttempts(run.step('first'), '1' as never),
      'the expected number of attempts is "1": expected a whole number',
    ],
    [
      'of an error that is an object',
      (run) => assertFailed(run, new Error('x') as never),
      'the expected error is Error: x: expected a text or a RegExp',
    ],
    ['of a step', (run) => expect(run.step('first')).toMatchTimeline(), 'expected a run or a simulation'],
  ])('%s names the argument', async (_, act, message) => {
    const run = await completed();
    const error = await assertFails(() => void act(run));
    expect(error).toBeInstanceOf(SimulationError);
    expect(error.message).toContain(message);
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
