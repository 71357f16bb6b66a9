/** What production brings: workers that crash, stop or are killed, messages delivered twice, a database out of reach. */
import { expect, it } from 'vitest';
import { type CrashPoint, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Analyze, Chain, Greet, Squares } from './flows.ts';

const stalled = 'stalled-tasks-are-never-retried';

it.each<[CrashPoint, number]>([
  ['before', 0],
  ['during', 1],
  ['after', 1],
])('a task whose worker crashes %s its handler is stuck for ever in 0.8.1', async (when, calls) => {
  const sim = simulate(Chain);
  const effects: number[] = [];
  sim.step('second').runs(async ({ first }) => {
    effects.push(first.n);
    return { n: 0 };
  });
  sim.step('second').crashes(when).takes('10s');
  const run = await sim.start({ n: 1 }).finish();
  expect(run).toBeStuck(stalled);
  expect(run.status).toBe('started');
  expect(run.stuck?.tasks).toEqual([
    {
      step: 'second',
      index: 0,
      attempt: 1,
      worker: 1,
      cause: `its worker crashed ${when} the handler's work`,
    },
  ]);
  expect(run.stuck?.reason).toContain('pgflow 0.8.1 never starts a started task again');
  expect(effects).toHaveLength(calls);
  expect(sim.step('second').calls).toHaveLength(calls);
  expect(run.step('second').tasks[0]).toMatchObject({
    status: 'started',
    history: [{ outcome: 'stranded' }],
  });
  expect(sim.elapsedMs).toBe({ before: 0, during: 5_000, after: 10_000 }[when]);
  // Another takes its place, and has nothing to do.
  await sim.advance('1m');
  expect(sim.workers.map(({ status }) => status)).toEqual(['dead', 'running']);
  expect(effects).toHaveLength(calls);
});

it('a crash of one worker leaves the work of another alone', async () => {
  const sim = simulate(Squares, { workers: 2, worker: { batchSize: 1 } });
  sim.step('square').takes('5s');
  sim.step('square').crashes('during').on({ index: 0 });
  const run = await sim.start([1, 2, 3]).finish();
  expect(run).toBeStuck(stalled);
  expect(run.step('square').tasks.map(({ status }) => status)).toEqual(['started', 'completed', 'completed']);
  // It is stuck as soon as nobody is at work on it any more: worker 2 at 5 s, its place taken at 2.5 s by worker 3.
  expect(sim.elapsedMs).toBe(7_500);
});

it('a worker that crashes is replaced when the test says, or never', async () => {
  const later = simulate(Chain, { replaceCrashedWorkers: '30s' });
  later.step('second').crashes('before').on({ run: 1 });
  const [first, second] = [later.start({ n: 1 }), later.start({ n: 2 }, { after: 1 })];
  expect(await first.finish()).toBeStuck(stalled);
  expect(await second.finish()).toHaveCompleted();
  expect(second.endedMs).toBe(30_000);

  const never = simulate(Chain, { replaceCrashedWorkers: false });
  never.step('second').crashes('before').on({ run: 1 });
  never.start({ n: 1 });
  const waits = await never.start({ n: 2 }, { after: 1 }).finish();
  expect(waits).toBeStuck();
  expect(waits.stuck).toEqual({
    reason: 'a task is waiting, but no running worker will read its message',
    deviation: undefined,
    tasks: [],
  });
});

it('a run waits for a worker that is yet to come', async () => {
  const sim = simulate(Greet, { workers: 0 });
  sim.after('1h', () => sim.addWorker());
  const run = await sim.start({ name: 'Ada' }).finish();
  expect(run).toHaveCompleted();
  expect(run.endedMs).toBe(3_600_000);
});

it('what a killed worker worked on stays started, and its results are lost', async () => {
  const sim = simulate(Chain);
  sim.step('first').takes('10s');
  const run = sim.start({ n: 1 });
  await sim.advance('4s');
  sim.workers[0]?.kill();
  sim.addWorker();
  expect(await run.finish()).toBeStuck(stalled);
  expect(run.stuck?.tasks[0]?.cause).toBe('its worker was killed');
  await sim.advance('1h');
  expect(sim.workers.map(({ status }) => status)).toEqual(['dead', 'running']);
  expect(run.step('first').status).toBe('started');
  expect(sim.step('first').calls).toHaveLength(1);
});

it('a worker that stops lets its handlers end, and tells them', async () => {
  const sim = simulate(Chain);
  const signals: boolean[] = [];
  sim.step('first').runs(({ run }, { shutdownSignal }) => {
    shutdownSignal.addEventListener('abort', () => signals.push(shutdownSignal.aborted));
    return { n: run.n };
  });
  sim.step('first').takes('10s');
  const run = sim.start({ n: 1 });
  await sim.advance('4s');
  sim.workers[0]?.stop();
  await sim.advance(0);
  expect(sim.workers[0]?.status).toBe('stopping');
  expect(signals).toEqual([true]);
  await run.finish();
  expect(run.step('first').status).toBe('completed');
  expect(sim.workers[0]?.status).toBe('stopped');
  expect(run.stuck?.reason).toContain('no running worker will read its message');
});

it('a worker that stops gives up what it has read and not begun', async () => {
  const sim = simulate(Squares, { worker: { maxConcurrent: 1 } });
  sim.step('square').takes('1s');
  const run = sim.start([1, 2, 3]);
  await sim.advance('500ms');
  sim.workers[0]?.stop();
  sim.addWorker();
  expect(await run.finish()).toBeStuck(stalled);
  expect(run.stuck?.tasks.map(({ index }) => index)).toEqual([1, 2]);
  expect(run.stuck?.tasks[0]?.cause).toContain('AbortError');
  expect(sim.step('square').calls).toHaveLength(1);
});

it('a worker that stops throws away what its last poll still finds', async () => {
  const sim = simulate(Greet);
  await sim.advance('5s');
  sim.workers[0]?.stop();
  // Its poll of two seconds began at 4 s and goes on.
  const found = sim.start({ name: 'Ada' }, { after: '500ms' });
  const later = sim.start({ name: 'Bob' }, { after: '1s' });
  await sim.advance('1s');
  sim.addWorker();
  expect(await found.finish()).toBeStuck(stalled);
  expect(found.stuck?.tasks[0]?.cause).toContain('threw away what it had read');
  expect(sim.workers[0]?.status).toBe('stopped');
  expect(await later.finish()).toHaveCompleted();
});

it('an idle worker that stops has stopped when its poll is over', async () => {
  const sim = simulate(Greet);
  await sim.advance('5s');
  sim.workers[0]?.stop();
  await sim.advance(999);
  expect(sim.workers[0]?.status).toBe('stopping');
  await sim.advance(1);
  expect(sim.workers[0]?.status).toBe('stopped');
});

it('a deprecated worker finds out by a heartbeat between two polls', async () => {
  const sim = simulate(Greet);
  await sim.advance('7s');
  sim.workers[0]?.deprecate();
  // Polls begin every two seconds, and a heartbeat is due five seconds after the last: at 0, 6 and 12 s.
  await sim.advance('4999ms');
  expect(sim.workers[0]?.status).toBe('running');
  await sim.advance(1);
  expect(sim.workers[0]?.status).toBe('deprecated');
  const run = await sim.start({ name: 'Ada' }).finish();
  expect(run).toBeStuck();
});

it('a deprecated worker goes on working until its next heartbeat', async () => {
  const sim = simulate(Greet);
  sim.workers[0]?.deprecate();
  const soon = await sim.start({ name: 'Ada' }, { after: '1s' }).finish();
  expect(soon).toHaveCompleted();
  sim.step('hello').takes('30s');
  const long = await sim.start({ name: 'Bob' }, { after: '1s' }).finish();
  expect(long).toHaveCompleted();
  await sim.advance(0);
  // The batch took longer than a heartbeat, so the next one comes before it reads on.
  expect(sim.workers[0]?.status).toBe('deprecated');
});

it('a message that is delivered again while its task is worked on starts nothing a second time', async () => {
  const sim = simulate(Greet, { workers: 2 });
  sim.step('hello').takes('10s');
  sim.duplicate('hello');
  const run = await sim.start({ name: 'Ada' }).finish();
  expect(run).toHaveCompleted();
  expect(sim.step('hello').calls).toHaveLength(1);
  expect(String(run.timeline)).not.toContain('attempt 2');
  expect(String(sim.timeline)).toContain('message 1 is delivered again');
  expect(sim.archive[0]?.read_ct).toBeGreaterThan(1);
});

it('a handler that takes longer than its message is invisible is not called a second time', async () => {
  const sim = simulate(Greet, { workers: 2 });
  sim.step('hello').takes('90s');
  const run = await sim.start({ name: 'Ada' }).finish();
  expect(run).toHaveCompleted();
  expect(sim.step('hello').calls).toHaveLength(1);
});

it('while the database is out of reach nothing is read, and what ends meanwhile is left started', async () => {
  const sim = simulate(Chain);
  sim.step('second').takes('10s');
  const [first, second] = [sim.start({ n: 1 }), sim.start({ n: 2 }, { after: '20s' })];
  await sim.advance('5s');
  sim.database.unreachable('10s');
  expect(await first.finish()).toBeStuck(stalled);
  expect(first.stuck?.tasks[0]?.cause).toBe(
    'its failure could not be reported (the database is unreachable)',
  );
  expect(await second.finish()).toHaveCompleted();
  expect(String(sim.timeline)).toContain('+5.000s  the database is unreachable');
  expect(String(sim.timeline)).toContain('+15.000s  the database is reachable');
});

it('a task that becomes visible while the database is out of reach is read when it is back', async () => {
  const sim = simulate(Chain);
  sim.step('first').throws('again').times(1);
  const run = sim.start({ n: 1 });
  await sim.advance('1s');
  sim.database.unreachable('60s');
  await run.finish();
  expect(run).toHaveCompleted();
  expect(run.endedMs).toBe(61_000);
  const refused = simulate(Greet);
  refused.database.unreachable('1s');
  await expect(refused.start({ name: 'Ada' }).finish()).rejects.toThrow('the database is unreachable');
  expect(String(refused.timeline)).toContain('run 1 is refused: the database is unreachable');
});

it('a report that is lost ends the batch, and the worker reads on while the rest of it is worked on', async () => {
  const sim = simulate(Squares);
  sim.step('square').takes('60s').on({ index: 1 });
  sim.step('square').throws(undefined).on({ run: 1, index: 0 });
  const first = sim.start([1, 2]);
  const second = sim.start([5], { after: '10s' });
  await second.finish();
  expect(second.endedMs).toBe(10_000);
  expect(await first.finish()).toBeStuck(stalled);
  expect(first.step('square').tasks.map(({ status }) => status)).toEqual(['started', 'completed']);
});

it('a worker that crashes takes along everything that it read in the same batch', async () => {
  const sim = simulate(Analyze);
  sim.step('website').crashes('after').on({ run: 1 });
  const [first, second] = [sim.start({ url: 'a' }), sim.start({ url: 'b' })];
  const third = sim.start({ url: 'c' }, { after: '1s' });
  expect(await first.finish()).toBeStuck(stalled);
  expect(await second.finish()).toBeStuck(stalled);
  // A start delay is no reason to give a run up.
  expect(await third.finish()).toHaveCompleted();
});

it('a stranded message does not keep time from passing', async () => {
  const sim = simulate(Greet);
  sim.step('hello').crashes('before').on({ run: 1 });
  await sim.start({ name: 'Ada' }).finish();
  await sim.advance('365d');
  // The worker looks at the message again and again for nothing; after a few times that is left out.
  expect(sim.queue[0]?.read_ct).toBe(4);
  expect(await sim.start({ name: 'Bob' }).finish()).toHaveCompleted();
});
