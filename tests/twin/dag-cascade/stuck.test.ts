/** A test that would wait for ever is told so, and why. */
import { expect, it } from 'vitest';
import { dagCascade, SimulationError } from '../../../src/harness/dag-cascade/twin/index.ts';
import { flowOf, nodes, targets } from './flows.ts';

it('a routine that is missing is named, with those that are there', async () => {
  const dag = dagCascade({ configuration: { targets }, routines: { extarct() {}, load() {} } });
  await dag.configureFlow('f', { nodes: nodes('extract', 'load < extract') });
  await dag.createFlow('f');
  const draining = dag.drain();
  await expect(draining).rejects.toThrow(SimulationError);
  await expect(draining).rejects.toThrow(
    `node extract of flow 1 calls the routine "extract", which is not there: add it to options.routines (known: extarct, load), or replace it with routine('extract').returns()`,
  );
  // Nobody goes on as if nothing had been.
  await expect(dag.advance('1s')).rejects.toThrow('which is not there');
});

it('a task whose pool has no room is named, with what happened', async () => {
  const dag = await flowOf(nodes('a', 'b'), {
    configuration: { targets: [{ target: 'here', connection_string: 'x', max_concurrency: 0 }] },
  });
  await dag.createFlow('f');
  const draining = dag.drain();
  await expect(draining).rejects.toThrow(
    'drain() cannot finish: a of flow 1 (task 1) is ready, but pool here has no room: 0 of 0 workers\n' +
      'b of flow 1 (task 2) is ready, but pool here has no room: 0 of 0 workers\n',
  );
  await expect(draining).rejects.toThrow('flow 1 (f) is created');
});

it('where no task may run at all, that is named, and not the pool', async () => {
  const dag = await flowOf(nodes('a'), { configuration: { control: { workers: 0 }, targets } });
  await dag.createFlow('f');
  await expect(dag.drain()).rejects.toThrow(
    'drain() cannot finish: a of flow 1 (task 1) is ready, but control.workers is 0: set it before the orchestrator starts\n',
  );
});

it('the same of a task that was deferred', async () => {
  const dag = await flowOf(nodes('a'), { routines: { a: (call, self) => self.defer(call, '1h') } });
  await dag.createFlow('f');
  await dag.advance('1m');
  await dag.configure({ control: { workers: 0 }, targets });
  await expect(dag.drain()).rejects.toThrow(
    'drain() cannot finish: a of flow 1 (task 1) is deferred, but control.workers is 0',
  );
});

it('where every worker is busy, that is named', async () => {
  const dag = await flowOf(nodes('a < a'), { configuration: { control: { workers: 1 }, targets } });
  await dag.createFlow('f');
  dag.routine('a').takes('1m');
  await dag.pushSteps(1, 'a', [1]);
  await dag.advance('1s');
  // Surprise: the worker of a task that was deleted is never free again.
  await dag.restartFlow(1);
  await dag.configureFlow('g', { nodes: nodes('b') });
  await dag.createFlow('g');
  await expect(dag.drain()).rejects.toThrow(
    'b of flow 2 (task 2) is ready, but all workers are busy: 1 of 1 (control.workers)',
  );
});

it('a task that defers itself for no time has no end', { timeout: 60_000 }, async () => {
  const dag = await flowOf(nodes('a'), { routines: { a: (call, self) => self.defer(call, 0) } });
  await dag.createFlow('f');
  await expect(dag.drain()).rejects.toThrow(
    'stopped, as task 1 was run 5,001 times: it defers itself again and again',
  );
});

it('one that asks again every second for hours ends where time does', async () => {
  const dag = await flowOf(nodes('a'), {
    routines: {
      a: (call, self) => (self.call > 6000 ? undefined : self.defer(call, '1s')),
    },
  });
  await dag.createFlow('f');
  await dag.advance('2h');
  expect(dag.calls).toHaveLength(6001);
});

it('an action of after() that fails ends the test that drives', async () => {
  const dag = await flowOf(nodes('a'));
  dag.after('1m', () => dag.restartFlow(7));
  await expect(dag.advance('2m')).rejects.toThrow('Flow 7 does not exist or is not finished');
});

it('where there is nothing to do, everything is over', async () => {
  const dag = dagCascade();
  await dag.drain();
  expect(dag.elapsedMs).toBe(0);
  expect([dag.flows, dag.tasks, dag.calls, dag.warnings]).toEqual([[], [], [], []]);
  expect(`${dag.timeline}`).toBe('    +0.000s  the orchestrator starts');
});
