/** The worker reads and works as the published one does. */
import { expect, it } from 'vitest';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Squares } from './flows.ts';

const elements = Array.from({ length: 7 }, (_, i) => i);

it('a worker reads a batch and reads on when all of it is done', async () => {
  const sim = simulate(Squares, { worker: { batchSize: 3 } });
  sim.step('square').takes('1s');
  sim.step('square').takes('5s').on({ index: 1 });
  await sim.start(elements).finish();
  expect(sim.step('square').calls.map(({ atMs }) => atMs)).toEqual([0, 0, 0, 5000, 5000, 5000, 6000]);
});

it('a worker works on a limited number of tasks at a time', async () => {
  const sim = simulate(Squares, { worker: { maxConcurrent: 2 } });
  let most = 0;
  let atWork = 0;
  sim.step('square').runs(async (n) => {
    most = Math.max(most, ++atWork);
    await null;
    atWork--;
    return n + 1;
  });
  sim.step('square').takes('1s');
  const run = await sim.start(elements).finish();
  expect(most).toBe(2);
  expect(sim.step('square').calls.map(({ atMs }) => atMs)).toEqual([0, 0, 1000, 1000, 2000, 2000, 3000]);
  // The database is told that all of them have started.
  expect(run.step('square').tasks.map(({ history }) => history[0]?.startedAt)).toEqual(
    elements.map(() => sim.runs[0]?.startedAt),
  );
  expect(String(run.timeline)).toContain('+1.000s  square[2] attempt 1 has its turn');
});

it('several workers share what there is', async () => {
  const sim = simulate(Squares, { workers: 3, worker: { batchSize: 2 } });
  sim.step('square').takes('1s');
  await sim.start(elements).finish();
  expect(sim.step('square').calls.map(({ worker, atMs }) => [worker, atMs])).toEqual([
    [1, 0],
    [1, 0],
    [2, 0],
    [2, 0],
    [3, 0],
    [3, 0],
    [1, 1000],
  ]);
});

it('a worker that is added has its own configuration', async () => {
  const sim = simulate(Squares, { workers: 0, worker: { batchSize: 2, maxConcurrent: 3 } });
  const worker = sim.addWorker({ maxConcurrent: 1 });
  expect(worker.config).toMatchObject({ batchSize: 2, maxConcurrent: 1, pollIntervalMs: 100 });
  expect(worker.number).toBe(1);
  expect((await sim.start([1, 2]).finish()).step('square').tasks[0]?.history[0]?.worker).toBe(1);
  expect(sim.workers.map(({ id }) => id)).toEqual([worker.id]);
});

it('an idle worker costs nothing: no event is left once there is nothing to do', async () => {
  const sim = simulate(Squares, { workers: 50 });
  await sim.start([1]).finish();
  let events = 0;
  while (await sim.tick()) events++;
  expect(events).toBe(0);
  await sim.advance('3650d');
});
