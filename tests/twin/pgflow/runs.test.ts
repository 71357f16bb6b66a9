/** Runs of a flow, from their start to their end. */
import { Flow } from '@pgflow/dsl';
import { expect, it } from 'vitest';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Analyze, Chain, Greet, Squares } from './flows.ts';

it('a run calls each handler with what its dependencies gave, and gives what the last steps gave', async () => {
  const sim = simulate(Analyze);
  const run = await sim.start({ url: 'https://example.com' }).finish();
  expect(run).toHaveCompleted();
  expect(run).toHaveOutput({ save: { summary: 26, double: [2, 4, 6] } });
  expect(run.output?.save.double).toEqual([2, 4, 6]);
  expect(sim.step('save').calls).toMatchObject([
    {
      input: { run: { url: 'https://example.com' }, summary: 26, double: [2, 4, 6] },
      attempt: 1,
      atMs: 60_000,
    },
  ]);
  expect(sim.step('double').calls.map(({ input, output, index }) => [index, input, output])).toEqual([
    [0, 1, 2],
    [1, 2, 4],
    [2, 3, 6],
  ]);
  expect(sim.warnings).toEqual([]);
});

it('a step that fails is tried again with backoff, until it succeeds', async () => {
  const sim = simulate(Analyze);
  sim.step('summary').throws(new Error('429')).times(2);
  const run = await sim.start({ url: 'https://example.com' }).finish();
  expect(run).toHaveCompleted();
  expect(run.step('summary')).toHaveAttempts(3);
  expect(run).toMatchTimeline();
  // The delay is the base times two to the number of attempts, in seconds.
  expect(sim.step('summary').calls.map(({ atMs }) => atMs)).toEqual([0, 10_000, 30_000]);
});

it('a step that fails too often fails its run, and the steps after it never start', async () => {
  const sim = simulate(Chain);
  sim.step('second').throws(new Error('no luck'));
  const run = await sim.start({ n: 1 }).finish();
  expect(run).toHaveFailed('no luck');
  expect(run.step('second')).toHaveFailed(/^no luck$/);
  expect(run.step('second')).toHaveAttempts(2);
  expect(run.step('third').status).toBe('created');
  expect(sim.step('third').calls).toEqual([]);
  expect(run.output).toBeUndefined();
});

it('a map has a task for each element, each with attempts of its own', async () => {
  const sim = simulate(Squares);
  sim.step('square').throws(new Error('flaky')).on({ index: 1, attempt: 1 });
  const run = await sim.start([1, 2, 3]).finish();
  expect(run).toHaveOutput({ sum: 14 });
  const { tasks, attempts, output } = run.step('square');
  expect(output).toEqual([1, 4, 9]);
  expect(attempts).toBe(2);
  expect(tasks.map((task) => task.attempts)).toEqual([1, 2, 1]);
  expect(tasks[1]).toMatchObject({ input: 2, output: 4, error: 'flaky' });
  expect(tasks[1]?.history.map(({ outcome, error }) => [outcome, error])).toEqual([
    ['failed', 'flaky'],
    ['completed', undefined],
  ]);
});

it('a map over nothing completes without a call', async () => {
  const sim = simulate(Squares);
  const run = await sim.start([]).finish();
  // The sum is 0, which is not kept: see the tests of values.
  expect(run).toHaveOutput({ sum: null });
  expect(run.step('square')).toHaveOutput([]);
  expect(sim.step('square').calls).toEqual([]);
  expect(String(run.timeline)).toContain('square completes: there was nothing to map');
});

it('a map that gets no array fails its run', async () => {
  const sim = simulate(Analyze);
  sim.step('pages').returns('none' as never);
  const run = await sim.start({ url: 'u' }).finish();
  expect(run).toHaveFailed('[TYPE_VIOLATION]');
  expect(run.step('pages').tasks[0]?.history[0]?.outcome).toBe('failed');
});

it('a run tells when it and its steps began and ended, as a date and in milliseconds', async () => {
  const sim = simulate(Analyze, { startedAt: new Date('2031-05-06T07:08:09Z') });
  sim.step('website').takes('90s');
  const run = await sim.start({ url: 'u' }).finish();
  expect([run.startedMs, run.endedMs]).toEqual([0, 150_000]);
  expect(run.startedAt?.toISOString()).toBe('2031-05-06T07:08:09.000Z');
  expect(run.endedAt?.toISOString()).toBe('2031-05-06T07:10:39.000Z');
  expect([run.step('summary').startedMs, run.step('summary').endedMs]).toEqual([90_000, 90_000]);
  expect(run.step('summary').tasks[0]?.queuedAt.toISOString()).toBe('2031-05-06T07:09:39.000Z');
  expect(run.step('website').startedAt).toEqual(run.startedAt);
});

it('nothing happens before time is driven', async () => {
  const sim = simulate(Greet);
  const run = sim.start({ name: 'Ada' });
  expect(run.status).toBe('scheduled');
  expect([run.startedAt, run.output, run.error, run.step('hello').status]).toEqual([
    null,
    undefined,
    undefined,
    'created',
  ]);
  expect(run.input).toEqual({ name: 'Ada' });
  await run.finish();
  expect(run.status).toBe('completed');
});

it('many runs are told apart by their numbers and ids', async () => {
  const sim = simulate(Chain);
  const own = '6F9619FF-8B86-D011-B42D-00CF4FC964FF';
  const runs = [sim.start({ n: 1 }), sim.start({ n: 10 }, { run_id: own }), sim.start({ n: 100 })];
  await Promise.all(runs.map((run) => run.finish()));
  expect(runs.map(({ output }) => output?.third.n)).toEqual([4, 13, 103]);
  expect(runs.map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(runs[1]?.id).toBe(own.toLowerCase());
  expect(runs[0]?.id).toBe('00000000-0000-4000-8000-000000000001');
  expect(sim.runs).toEqual(runs);
  for (const { number, timeline } of runs) {
    expect(timeline.filter(({ run }) => run !== undefined).every(({ run }) => run === number)).toBe(true);
    expect(timeline.filter(({ event }) => event === 'attempt completed')).toHaveLength(3);
  }
});

it('queue, archive and broadcasts are there to be seen', async () => {
  const sim = simulate(Chain);
  const run = sim.start({ n: 1 });
  await sim.runUntil(() => run.status === 'started');
  expect(sim.queue).toMatchObject([
    { msg_id: 1, read_ct: 0, message: { step_slug: 'first', run_id: run.id } },
  ]);
  await run.finish();
  expect(sim.queue).toEqual([]);
  expect(sim.archive.map(({ message }) => (message as { step_slug: string }).step_slug)).toEqual([
    'first',
    'second',
    'third',
  ]);
  expect(run.broadcasts.map(({ event }) => event)).toEqual([
    'run:started',
    'step:first:started',
    'step:first:completed',
    'step:second:started',
    'step:second:completed',
    'step:third:started',
    'step:third:completed',
    'run:completed',
  ]);
  expect(sim.broadcasts).toEqual(run.broadcasts);
});

it('a simulation of a flow knows nothing of another simulation of it', async () => {
  const [one, other] = [simulate(Greet), simulate(Greet)];
  one.step('hello').returns('bye');
  const [first, second] = await Promise.all([
    one.start({ name: 'Ada' }).finish(),
    other.start({ name: 'Ada' }).finish(),
  ]);
  expect([first.output, second.output]).toEqual([{ hello: 'bye' }, { hello: 'Hello, Ada' }]);
  expect(one.runs).toHaveLength(1);
});

it('handlers that wait for each other are called before any of them is waited for', async () => {
  let open: () => void = () => {};
  const door = new Promise<void>((resolve) => {
    open = resolve;
  });
  const flow = new Flow<{ n: number }>({ slug: 'barrier' })
    .step({ slug: 'waits' }, async () => {
      await door;
      return 'through';
    })
    .step({ slug: 'opens' }, async () => {
      open();
      return 'open';
    });
  const run = await simulate(flow).start({ n: 1 }).finish();
  expect(run).toHaveOutput({ waits: 'through', opens: 'open' });
});

it('a run that its database refuses to start says why', async () => {
  const sim = simulate(Squares);
  const run = sim.start('no list' as never);
  await expect(run.finish()).rejects.toThrow(
    'run 1 could not be started: Flow squares has root map steps but input is not an array (got string)',
  );
  expect(run.status).toBe('scheduled');
  await expect(sim.start([2]).finish()).resolves.toMatchObject({ status: 'completed' });
  expect(String(sim.timeline)).toContain('run 1 is refused: Flow squares has root map steps');
});
