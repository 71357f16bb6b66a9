/** Virtual time: who sleeps, who is late, and who is asked to come again. */
import { expect, it } from 'vitest';
import { PostgresError, SimulationError } from '../../../src/harness/dag-cascade/twin/index.ts';
import { flowOf, nodes } from './flows.ts';

const far = (node: string, more = {}) => ({ node, target: 'far', ...more });

it('a task is over by time a millisecond after its limit, and not at it', async () => {
  const dag = await flowOf(
    [
      { node: 'a', target: 'here', node_timeout: '5 minutes' },
      { node: 'b', target: 'here', node_timeout: '5 minutes' },
    ],
    {
      routines: {
        a: (_, self) => self.sleep('5m'),
        b: (_, self) => self.sleep(300_001),
      },
    },
  );
  await dag.createFlow('f');
  await dag.drain();
  // What ends at the same instant as its time is up is too late: the time is looked at first.
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FAILED' });
  expect(dag.flow(1).node('b').error).toBe('Canceling due to time out');
  expect(dag.calls.map(({ outcome }) => outcome)).toEqual(['returned', 'returned']);
  expect(dag.elapsedMs).toBe(300_001);
});

it('a task of an asynchronous target waits for finish(), and fails by its word', async () => {
  const dag = await flowOf([far('a'), far('b'), far('c')]);
  await dag.createFlow('f');
  await dag.advance('10m');
  expect(dag.flow(1).statuses).toEqual({ a: 'YIELDED', b: 'YIELDED', c: 'YIELDED' });
  const [a, b] = dag.tasks;
  await dag.finish(a!);
  await dag.finish(b!, { failed: true, error_message: 'no money' });
  // A request, which the orchestrator finds when time goes on.
  expect(dag.flow(1).node('a').status).toBe('YIELDED');
  await dag.advance(0);
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FAILED', c: 'YIELDED' });
  await dag.drain();
  expect(dag.flow(1).node('c').error).toBe('Canceling due to time out');
  expect(dag.elapsedMs).toBe(3_600_001);
});

it('what is over may be finished once more, which overwrites it and starts nothing', async () => {
  const dag = await flowOf(nodes('a', 'b < a'));
  dag.routine('b').takes('1m');
  await dag.createFlow('f');
  await dag.advance('10s');
  await dag.finish(dag.tasks[0]!, { failed: true, error_message: 'too late' });
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FAILED', b: 'FINISHED' });
  expect(dag.timeline.filter(({ node }) => node === 'a').map(({ at, text }) => [at, text])).toEqual([
    [0, 'a of flow 1 begins: calls a'],
    [0, 'a of flow 1 is finished'],
    [10_000, 'a of flow 1 fails: too late, although it was over'],
  ]);
});

it('a routine finishes its own task from within, and another one from outside later', async () => {
  const dag = await flowOf([far('a'), far('b')], {
    routines: {
      a: (call, self) => self.finish(call),
      b: async (call, self) => {
        await self.sleep('1h');
        await self.finish(call, { failed: true, error_message: 'too late' });
      },
    },
  });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FAILED' });
  expect(dag.flow(1).node('b').error).toBe('too late');
});

it('thirty days go by at once, and a deferred task holds no place in its pool meanwhile', async () => {
  const dag = await flowOf([{ node: 'a', target: 'here', node_timeout: '40 days' }], {
    routines: {
      async a(call, self) {
        if (self.call === 1) await self.defer(call, '30d');
      },
    },
  });
  await dag.createFlow('f');
  await dag.advance('1d');
  expect(dag.flow(1).node('a').task).toMatchObject({
    status: 'DEFERRED',
    eligible_when: new Date('2030-01-31T00:00:00Z'),
    consumed: null,
  });
  expect(dag.pools).toContainEqual({ concurrency_pool: 'here', workers: 0, max_workers: 4 });
  await dag.drain();
  expect(dag.routine('a').calls.map(({ at }) => at.toISOString())).toEqual([
    '2030-01-01T00:00:00.000Z',
    '2030-01-31T00:00:00.000Z',
  ]);
  expect(`${dag.timeline}`).toContain('a of flow 1 is deferred until +2592000.000s');
});

it('a task that is deferred beyond its limit is late as soon as it runs again', async () => {
  const dag = await flowOf(nodes('a'), {
    routines: {
      async a(call, self) {
        if (self.call === 1) await self.defer(call, '2h');
      },
    },
  });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).node('a').error).toBe('Canceling due to time out');
  expect(dag.routine('a').calls).toHaveLength(2);
});

it('time stands still but for drain, advance and runUntil', async () => {
  const startedAt = Date.UTC(2031, 5, 1);
  const dag = await flowOf(nodes('a', 'b < a'), { startedAt });
  dag.routine('a').takes('10s');
  await dag.createFlow('f');
  expect(dag.calls).toEqual([]);
  await dag.advance('4s');
  expect([dag.elapsedMs, dag.now]).toEqual([4000, new Date(startedAt + 4000)]);
  await dag.runUntil(() => dag.routine('b').calls.length > 0);
  expect(dag.elapsedMs).toBe(10_000);
  const waiting = dag.runUntil(() => false);
  await expect(waiting).rejects.toThrow(SimulationError);
  await expect(waiting).rejects.toThrow(
    'the condition of runUntil() is still false, and nothing else will happen\n',
  );
  await expect(waiting).rejects.toThrow('flow 1 (f) is done');
});

it('several sleeps of one routine go on side by side', async () => {
  const woken: [string, number][] = [];
  const dag = await flowOf(nodes('a', 'b'), {
    routines: {
      async a(_, self) {
        const wake = async (name: string, ms: number) => {
          await self.sleep(ms);
          woken.push([name, dag.elapsedMs]);
        };
        await Promise.all([wake('long', 3000), wake('short', 1000)]);
        await wake('last', 500);
        expect(self.now).toEqual(dag.now);
      },
      async b(_, self) {
        await self.sleep(2000);
        woken.push(['other', dag.elapsedMs]);
      },
    },
  });
  await dag.createFlow('f');
  await dag.drain();
  expect(woken).toEqual([
    ['short', 1000],
    ['other', 2000],
    ['long', 3000],
    ['last', 3500],
  ]);
});

it('takes() is at least so long: a routine that sleeps longer ends later', async () => {
  const dag = await flowOf(nodes('a', 'b'), { routines: { a: (_, self) => self.sleep('1m') } });
  dag.routine('a').takes('10s');
  dag.routine('b').takes('20s');
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.calls.map(({ endedAt }) => endedAt!.getTime() - Date.UTC(2030, 0, 1))).toEqual([60_000, 20_000]);
});

it('a call has no session any more once its time is up, and what it then does counts for nothing', async () => {
  const errors: unknown[] = [];
  const dag = await flowOf([{ node: 'a', target: 'here', node_timeout: '1m' }], {
    routines: {
      async a(call, self) {
        await self.sleep('1h').catch((error) => errors.push(error));
        await self.finish(call).catch((error) => errors.push(error));
        await self.sleep('1s').catch((error) => errors.push(error));
        throw new Error('nobody hears this');
      },
    },
  });
  await dag.createFlow('f');
  await dag.drain();
  const canceled = new PostgresError('canceling statement due to user request', '57014');
  expect(errors).toEqual([canceled, canceled, canceled]);
  expect(dag.flow(1).node('a').error).toBe('Canceling due to time out');
  expect(dag.calls).toMatchObject([{ outcome: 'canceled', error: undefined }]);
  expect(dag.trace.commands.some(({ command }) => command.type === 'finish')).toBe(false);
});
