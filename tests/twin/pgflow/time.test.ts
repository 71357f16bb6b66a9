/** Virtual time: it costs nothing, and a test can drive it by hand. */
import { Flow } from '@pgflow/dsl';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Analyze, Chain, Greet } from './flows.ts';

const Later = new Flow<{ n: number }>({ slug: 'later', baseDelay: 86_400, maxAttempts: 4 })
  .step({ slug: 'wait', startDelay: 30 * 86_400 }, () => 'done')
  .step({ slug: 'never', dependsOn: ['wait'] }, () => {
    throw new Error('not today');
  });

it('a start delay of thirty days, and a backoff of as many, are over at once', async () => {
  const run = await simulate(Later).start({ n: 1 }).finish();
  expect(run).toHaveFailed('not today');
  // 30 days, then 2, 4 and 8 times the base delay of a day.
  expect(run.endedMs).toBe((30 + 2 + 4 + 8) * 86_400_000);
});

it('a worker sees a message at its next look, a look every poll interval', async () => {
  const sim = simulate(Greet, { worker: { pollIntervalMs: 700, maxPollSeconds: 3 } });
  const run = await sim.start({ name: 'Ada' }, { after: '10s' }).finish();
  expect(sim.step('hello').calls[0]?.atMs).toBe(10_500);
  expect(run.startedMs).toBe(10_000);
});

it('a poll begins anew where a batch has ended', async () => {
  const sim = simulate(Chain);
  sim.step('first').takes(1_234);
  sim.step('second').throws(new Error('again')).times(1);
  await sim.start({ n: 1 }).finish();
  // Visible at 1,234 + 2,000; the worker has looked every 100 ms since 1,234.
  expect(sim.step('second').calls.map(({ atMs }) => atMs)).toEqual([1_234, 3_234]);
});

it('time passes by hand: nothing before it is due, everything when it is', async () => {
  const sim = simulate(Analyze);
  const run = sim.start({ url: 'u' });
  await sim.advance('59s');
  expect(run.step('save').status).toBe('started');
  expect(run.step('save').tasks[0]?.status).toBe('queued');
  expect([sim.elapsedMs, sim.now.toISOString()]).toEqual([59_000, '2030-01-01T00:00:59.000Z']);
  await sim.advance(999);
  expect(run.status).toBe('started');
  await sim.advance(1);
  expect(run).toHaveCompleted();
});

it('time passes until a condition holds', async () => {
  const sim = simulate(Analyze);
  const run = sim.start({ url: 'u' });
  await sim.runUntil(() => run.step('double').status === 'completed');
  expect(run.step('summary').status).toBe('completed');
  expect(run.status).toBe('started');
  await sim.runUntil(({ elapsedMs }) => elapsedMs >= 60_000);
  await expect(sim.runUntil(() => false)).rejects.toThrow('is still false, and nothing else will happen');
});

it('time passes event by event', async () => {
  const sim = simulate(Greet);
  const run = sim.start({ name: 'Ada' });
  const seen: string[] = [];
  while (await sim.tick()) seen.push(run.step('hello').tasks[0]?.status ?? run.status);
  expect(seen).toEqual(['scheduled', 'queued', 'started', 'completed']);
  expect(await sim.tick()).toBe(false);
  expect(sim.elapsedMs).toBe(0);
});

it('a handler takes virtual time when the test says so, and others work meanwhile', async () => {
  const sim = simulate(Analyze);
  sim.step('summary').takes('1m 30s');
  sim.step('double').takes('500ms').on({ index: 2 });
  const run = await sim.start({ url: 'u' }).finish();
  expect(run.step('summary').endedMs).toBe(90_000);
  // A worker reads on only when its whole batch is done, so the map waits for the summary.
  expect(run.step('double').startedMs).toBe(0);
  expect(run.step('double').endedMs).toBe(90_500);
  const two = simulate(Analyze, { workers: 2 });
  two.step('summary').takes('1m 30s');
  expect((await two.start({ url: 'u' }).finish()).step('double').endedMs).toBe(0);
});

it('something can be done when virtual time gets there', async () => {
  const sim = simulate(Greet);
  const seen: number[] = [];
  sim.after('5s', () => seen.push(sim.elapsedMs));
  sim.after('2s', () => {
    seen.push(sim.elapsedMs);
    sim.after(500, () => seen.push(sim.elapsedMs));
  });
  await sim.advance('1m');
  expect(seen).toEqual([2000, 2500, 5000]);
});

it('two who drive the same simulation take turns', async () => {
  const sim = simulate(Analyze);
  const run = sim.start({ url: 'u' });
  await Promise.all([sim.advance('10s'), sim.advance('10s'), run.finish()]);
  expect(run).toHaveCompleted();
  expect(run.endedMs).toBe(60_000);
});

it('the same seed gives the same timeline to the byte, and another seed another', async () => {
  const timeline = async (seed: number) => {
    const sim = simulate(Analyze, { seed, workers: 3 });
    for (const url of ['a', 'b', 'c']) sim.start({ url });
    await sim.finish();
    return String(sim.timeline);
  };
  const [first, again, other] = [await timeline(1), await timeline(1), await timeline(2)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

it('a schedule decides what takes how long, and which worker looks first', async () => {
  const asked: unknown[] = [];
  const sim = simulate(Greet, {
    workers: 2,
    schedule: {
      attempt: (attempt) => {
        asked.push(attempt);
        return { takes: 1_000, ...(attempt.attempt === 1 ? { throws: { error: 'as scheduled' } } : {}) };
      },
      looksFirst: (workers) => workers.length - 1,
    },
  });
  const run = await sim.start({ name: 'Ada' }).finish();
  expect(run.step('hello').tasks[0]?.history).toMatchObject([
    { worker: 2, outcome: 'failed', error: 'as scheduled' },
    { worker: 2, outcome: 'completed' },
  ]);
  expect(asked).toEqual([
    { run: 1, step: 'hello', index: 0, attempt: 1, worker: 2 },
    { run: 1, step: 'hello', index: 0, attempt: 2, worker: 2 },
  ]);
  // Reported at 1,000, visible ten seconds after that, and a second of work.
  expect(run.endedMs).toBe(12_000);
});

describe('beside fake timers', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('virtual time is the simulation’s own', async () => {
    vi.useFakeTimers({ now: 0 });
    const run = await simulate(Later).start({ n: 1 }).finish();
    expect(run.endedMs).toBe(44 * 86_400_000);
    expect(Date.now()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a handler that waits for a faked timer is told by name, in real time', async () => {
    vi.useFakeTimers();
    const sim = simulate(Greet, { handlerTimeout: 20 });
    sim.step('hello').runs(() => new Promise((resolve) => setTimeout(() => resolve('late'), 1000)));
    await expect(sim.start({ name: 'Ada' }).finish()).rejects.toThrow(
      'the handler of step "hello" (run 1, attempt 1) has not settled after 20 ms of real time',
    );
  });

  it('a handler may wait for a real timer, and virtual time stands still meanwhile', async () => {
    const sim = simulate(Greet);
    sim.step('hello').runs(() => new Promise((resolve) => setTimeout(() => resolve('late'), 30)));
    const run = await sim.start({ name: 'Ada' }).finish();
    expect(run).toHaveOutput({ hello: 'late' });
    expect(run.endedMs).toBe(0);
  });
});
