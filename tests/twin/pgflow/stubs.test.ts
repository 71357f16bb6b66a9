/** What a test says about a step, and which of it an attempt meets. */
import { expect, it } from 'vitest';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Greet, Squares } from './flows.ts';

const attempts = (sim: ReturnType<typeof simulate<typeof Greet>>) =>
  sim.step('hello').calls.map(({ output, error }) => output ?? error);

it('rules for a number of attempts come first, in the order in which they were said', async () => {
  const sim = simulate(Greet);
  sim.step('hello').returns('at last');
  sim.step('hello').throws('one').times(1);
  sim.step('hello').throws('two').times(1);
  await sim.start({ name: 'Ada' }).finish();
  expect(attempts(sim)).toEqual(['one', 'two', 'at last']);
});

it('of rules for all attempts, the last one counts', async () => {
  const sim = simulate(Greet);
  sim.step('hello').returns('old');
  sim.step('hello').resolves('new');
  expect(await sim.start({ name: 'Ada' }).finish()).toHaveOutput({ hello: 'new' });
});

it('a stub in a variable begins another rule with another outcome', async () => {
  const sim = simulate(Greet);
  const hello = sim.step('hello');
  hello.throws('one').times(1);
  hello.returns('two');
  await sim.start({ name: 'Ada' }).finish();
  expect(attempts(sim)).toEqual(['one', 'two']);
});

it('a rule is for the attempts, elements and runs that it names', async () => {
  const sim = simulate(Squares);
  sim.step('square').returns(100).on({ run: 2, index: 1 });
  sim.step('square').throws('no').on({ run: 1, attempt: 1, index: 0 });
  const runs = [sim.start([1, 2]), sim.start([1, 2])];
  await sim.finish();
  expect(runs.map((run) => run.step('square').output)).toEqual([
    [1, 4],
    [1, 100],
  ]);
  expect(runs.map((run) => run.step('square').attempts)).toEqual([2, 1]);
});

it('how long an attempt takes and what it gives are said apart', async () => {
  const sim = simulate(Greet);
  sim.step('hello').takes('10s');
  sim.step('hello').throws('no').times(1);
  sim.step('hello').takes('20s').on({ attempt: 2 });
  const run = await sim.start({ name: 'Ada' }).finish();
  // Ten seconds of work, ten of backoff, twenty of work.
  expect(run.endedMs).toBe(40_000);
  expect(run).toHaveOutput({ hello: 'Hello, Ada' });
});

it('an error that is thrown again and again is the same one, and a promise may be returned', async () => {
  const sim = simulate(Greet);
  sim.step('hello').returns(Promise.resolve('later'));
  expect(await sim.start({ name: 'Ada' }).finish()).toHaveOutput({ hello: 'later' });
});

it('a promise that is rejected long before an attempt meets it is none that nobody handles', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const sim = simulate(Greet);
  sim.step('hello').returns(Promise.reject(new Error('early')));
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  expect(await sim.start({ name: 'Ada' }).finish()).toHaveFailed('early');
});

it('calls are there with input, output, error, worker and instant', async () => {
  const sim = simulate(Greet);
  sim.step('hello').throws(new Error('no')).times(1);
  await sim.start({ name: 'Ada' }).finish();
  const input = { run: { name: 'Ada' } };
  expect(sim.step('hello').calls).toEqual([
    {
      run: 1,
      index: 0,
      attempt: 1,
      worker: 1,
      input,
      output: null,
      error: 'no',
      at: new Date('2030-01-01'),
      atMs: 0,
    },
    {
      run: 1,
      index: 0,
      attempt: 2,
      worker: 1,
      input,
      output: 'Hello, Ada',
      error: undefined,
      at: new Date('2030-01-01T00:00:10Z'),
      atMs: 10_000,
    },
  ]);
});

it('a handler is the one that the flow has when it is called', async () => {
  const step = Greet.getStepDefinition('hello') as { handler: unknown };
  const { handler } = step;
  const first = await simulate(Greet).start({ name: 'Ada' }).finish();
  step.handler = () => 'a spy';
  const spied = await simulate(Greet).start({ name: 'Ada' }).finish();
  step.handler = handler;
  const last = await simulate(Greet).start({ name: 'Ada' }).finish();
  expect([first, spied, last].map((run) => run.output)).toEqual([
    { hello: 'Hello, Ada' },
    { hello: 'a spy' },
    { hello: 'Hello, Ada' },
  ]);
});
