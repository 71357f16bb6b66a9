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
