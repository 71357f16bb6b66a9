/** A handler ends at the shutdown of its worker if it learns of it, however it does; not if it only has the signal. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Flow } from '@pgflow/dsl';
import { expect, test } from 'vitest';
import { type Simulation, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { WatchedSignal } from '../../../src/harness/twin/watched-signal.ts';

const One = new Flow<{ at: number }>({ slug: 'one', maxAttempts: 1 }).step({ slug: 'work' }, () => 'done');
type Handler = Parameters<ReturnType<Simulation<typeof One>['step']>['runs']>[0];

/** Three runs are started before the worker is stopped, so the SQL takes some real time. */
async function timelineOf(handler: Handler, backend: 'model' | 'pglite'): Promise<string> {
  const sim = simulate(One, { backend });
  sim.step('work').runs(handler).takes('10s').times(1);
  sim.addWorker();
  for (const at of [1000, 2000, 3000]) sim.after(at, () => void sim.start({ at }));
  sim.after('5s', () => sim.workers[0]!.stop());
  await sim.start({ at: 0 }).finish();
  const { timeline } = sim;
  await sim.close();
  return String(timeline);
}

test.each<[string, Handler]>([
  [
    'only takes it',
    async (_, { shutdownSignal: _taken }) => {
      await readFile(import.meta.filename);
      return 'read';
    },
  ],
  [
    'asks it before it works',
    async (_, { shutdownSignal }) => {
      if (shutdownSignal.aborted) throw new Error('too late');
      return sleep(20, 'slept');
    },
  ],
  [
    'listens to it no more',
    async (_, { shutdownSignal }) => {
      const listener = () => {};
      shutdownSignal.addEventListener('abort', listener);
      shutdownSignal.removeEventListener('abort', listener);
      return sleep(20, 'slept');
    },
  ],
])('a handler that %s ends where that is planned', async (_, handler) => {
  const onModel = await timelineOf(handler, 'model');
  expect(onModel).toContain('+10.000s  run 1 work completes');
  expect(await timelineOf(handler, 'pglite')).toBe(onModel);
});

test.each<[string, Handler]>([
  [
    'is called back by it',
    (_, { shutdownSignal }) =>
      new Promise((resolve) => {
        shutdownSignal.onabort = () => void sleep(5).then(() => resolve('stopped'));
      }),
  ],
  [
    'asks it why, again and again',
    async (_, { shutdownSignal }) => {
      while (shutdownSignal.reason === undefined) await sleep(5);
      return 'stopped';
    },
  ],
  [
    'waits with it',
    (_, { shutdownSignal }) => sleep(60_000, '', { signal: shutdownSignal }).catch(() => 'stopped'),
  ],
])('a handler that %s ends at the shutdown', async (_, handler) => {
  const onModel = await timelineOf(handler, 'model');
  expect(onModel).toContain('+5.000s  run 1 work completes with "stopped"');
  expect(await timelineOf(handler, 'pglite')).toBe(onModel);
});

test.each(['model', 'pglite'] as const)(
  'a handler that takes it only after the shutdown finds it aborted on %s',
  async (backend) => {
    const sim = simulate(One, { backend });
    let go = () => {};
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    sim.step('work').runs(async (_, context) => {
      await gone;
      return context.shutdownSignal.aborted ? 'stopped' : 'done';
    });
    sim.step('work').takes('10s');
    sim.addWorker();
    sim.after('5s', () => sim.workers[0]!.stop());
    sim.after('6s', () => go());
    const run = await sim.start({ at: 0 }).finish();
    expect(run.output).toEqual({ work: 'stopped' });
    expect(String(sim.timeline)).toContain('+6.000s  run 1 work completes with "stopped"');
    await sim.close();
  },
);

test.each(['model', 'pglite'] as const)(
  'a handler whose end comes with the shutdown ends there although it does not learn of it on %s',
  async (backend) => {
    const sim = simulate(One, { backend });
    sim.step('work').runs(async ({ run: { at } }, { shutdownSignal }) => {
      if (at === 2) sim.workers[0]!.stop();
      return shutdownSignal.aborted ? 'too late' : sleep(20, 'slept');
    });
    sim.addWorker();
    const runs = [sim.start({ at: 1 }), sim.start({ at: 2 })];
    const [first, second] = await Promise.all(runs.map((run) => run.finish()));
    expect(first!.output).toEqual({ work: 'slept' });
    expect(second!.output).toEqual({ work: 'slept' });
    await sim.close();
  },
);

test('a function that listens in both phases does so until it is taken off in both', () => {
  const watched = new WatchedSignal();
  const { signal } = watched;
  const listener = () => {};
  signal.addEventListener('abort', listener);
  signal.addEventListener('abort', listener, { capture: true });
  signal.removeEventListener('abort', listener, true);
  watched.abort();
  expect(watched.isNoticed).toBe(true);
  const other = new WatchedSignal();
  for (const capture of [true, false]) other.signal.addEventListener('abort', listener, capture);
  for (const capture of [false, true]) other.signal.removeEventListener('abort', listener, { capture });
  other.abort();
  expect(other.isNoticed).toBe(false);
});

test('a watched signal is a signal', () => {
  const watched = new WatchedSignal();
  expect(watched.isUsed).toBe(false);
  const { signal } = watched;
  expect(signal).toBeInstanceOf(AbortSignal);
  expect(AbortSignal.any([signal]).aborted).toBe(false);
  expect(signal.onabort).toBeNull();
  watched.abort();
  expect(watched.isNoticed).toBe(true);
  expect(signal.aborted).toBe(true);
  expect(() => signal.throwIfAborted()).toThrow('This operation was aborted');
  expect(AbortSignal.any([signal]).reason).toBe(signal.reason);
});
