/** Routines are real code: when they end, and that nothing of a test depends on real time. */
import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type DagCascade, SimulationError } from '../../../src/harness/dag-cascade/twin/index.ts';
import { dagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import { dagCascade as machine } from '../../../src/model/dag-cascade/machine.ts';
import { leftBehind, unhandledDuring } from '../../support/leaks.ts';
import { flowOf, nodes } from './flows.ts';

it('real I/O takes no virtual time, before a sleep and after one', async () => {
  const dag = await flowOf(nodes('a', 'b < a'), {
    routines: {
      async a(_, self) {
        await delay(5);
        await self.sleep('1m');
        await immediate();
        await delay(5);
        await self.sleep('1m');
      },
    },
  });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.calls.map(({ node, atMs }) => [node, atMs])).toEqual([
    ['a', 0],
    ['b', 120_000],
  ]);
});

it('a routine may wait for something that happens in virtual time', async () => {
  let answer: (value: string) => void = () => {};
  const answers: string[] = [];
  const dag = await flowOf(nodes('a', 'b < a'), {
    handlerTimeout: 20,
    routines: {
      async a() {
        answers.push(
          await new Promise<string>((resolve) => {
            answer = resolve;
          }),
        );
      },
    },
  });
  await dag.createFlow('f');
  dag.after('10m', () => answer('yes'));
  await dag.drain();
  expect(answers).toEqual(['yes']);
  expect(dag.calls.map(({ node, atMs }) => [node, atMs])).toEqual([
    ['a', 0],
    ['b', 600_000],
  ]);
});

it.each<[string, () => Promise<unknown>]>([
  ['never settles', () => new Promise(() => {})],
  ['needs more real time than it has', () => delay(200)],
])('a routine that %s is canceled when its time is up, with a warning', async (_, a) => {
  const dag = await flowOf(nodes('a'), { handlerTimeout: 10, routines: { a } });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.calls).toMatchObject([{ outcome: 'canceled' }]);
  expect(dag.flow(1).node('a').error).toBe('Canceling due to time out');
  expect(dag.elapsedMs).toBe(3_600_001);
  expect(dag.warnings).toEqual([
    'the routine "a" (call 1, node a of flow 1, task 1) has not settled after 10 ms of real time (options.handlerTimeout). So virtual ' +
      'time went on, and its task failed when its time was up. Let it sleep() in virtual time, give it a fake in place of what it ' +
      "waits for, or raise options.handlerTimeout. If it is to hang, say so: routine('a').hangs()",
  ]);
});

it.each<[string, (dag: DagCascade) => unknown]>([
  ['that is said to hang', (dag) => dag.routine('a').hangs()],
  ['that sleeps', (dag) => dag.routine('a').runs((_, self) => self.sleep('2h'))],
  ['whose flow is canceled', (dag) => dag.after('1m', () => dag.cancel(1))],
])('there is no such warning of one %s', async (_, act) => {
  const dag = await flowOf(nodes('a'), { handlerTimeout: 10, routines: { a: () => new Promise(() => {}) } });
  act(dag);
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.calls).toMatchObject([{ outcome: 'canceled' }]);
  expect(dag.warnings).toEqual([]);
});

it('where nothing will end its task, one that never settles is refused', async () => {
  const dag = await flowOf(nodes('a'), { handlerTimeout: 10, routines: { a: () => new Promise(() => {}) } });
  await dag.createFlow('f');
  await dag.advance(0);
  dag.orchestrator.stop();
  await expect(dag.drain()).rejects.toThrow('has not settled after 10 ms of real time');
});

it('one that settles by a real timer after its real time is refused, as that would be an accident', async () => {
  const dag = await flowOf(nodes('a'), { handlerTimeout: 10, routines: { a: () => delay(60) } });
  await dag.createFlow('f');
  dag.after('1m', () => delay(1));
  dag.after('2m', () => delay(1));
  // Virtual time goes on for as long as it takes.
  for (let minute = 3; minute < 59; minute++)
    dag.after(minute * 60_000, () => delay(5, undefined).then(() => {}));
  const draining = dag.drain();
  await expect(draining).rejects.toThrow(SimulationError);
  await expect(draining).rejects.toThrow(
    'the routine "a" (call 1, node a of flow 1, task 1) has not settled after 10 ms of real time',
  );
});

it('a rejection of a call that was canceled is none that nobody handles', async () => {
  const unhandled = await unhandledDuring(async () => {
    const dag = await flowOf(nodes('a', 'b'), {
      routines: {
        a: (_, self) => self.sleep('2h'),
        async b(_, self) {
          await self.sleep('2h').catch(() => {});
          throw new Error('late');
        },
      },
    });
    await dag.createFlow('f');
    await dag.drain();
  });
  expect(unhandled).toEqual([]);
});

it('no timer, no listener and no global is left behind', async () => {
  const { before, after } = await leftBehind('what-is-left-of-a-dag.ts');
  expect(before.timers).toBe(0);
  expect(after).toEqual(before);
});

it('what a routine calls after it has returned has no session', async () => {
  const late: unknown[] = [];
  const dag = await flowOf(nodes('a', 'b < a'), {
    routines: {
      a(call, self) {
        dag.after('1m', () => self.finish(call).catch((error: unknown) => late.push(error)));
      },
    },
  });
  dag.routine('b').takes('2m');
  await dag.createFlow('f');
  await dag.drain();
  expect(late).toEqual([expect.any(SimulationError)]);
  expect(String(late[0])).toContain('has ended: what it calls after that has no session');
});

it('what a routine does to its arguments changes nothing', async () => {
  const list = [{ node: 'a', target: 'here', steps: [{ n: [1] }] }];
  const dag = await flowOf(list, {
    routines: {
      a(call) {
        call.flow_arguments.list.push(2);
        call.step_arguments.n?.push(2);
      },
    },
  });
  const given = { list: [1] };
  await dag.createFlow('f', given);
  await dag.drain();
  expect(given).toEqual({ list: [1] });
  expect(dag.calls.map(({ flow_arguments, step_arguments }) => [flow_arguments, step_arguments])).toEqual([
    [{ list: [1] }, {}],
    [{ list: [1] }, { n: [1] }],
  ]);
  expect(dag.flow(1).arguments).toEqual({ list: [1] });
  expect(await dag.args(1)).toEqual({ list: [1] });
});

async function scenario() {
  const dag = await flowOf(
    [...nodes('a', 'b < a', 'c <? a'), { node: 'd', target: 'far', steps: [{ n: 1 }, { n: 2 }] }],
    {
      routines: {
        async a(call, self) {
          await delay(Number(process.hrtime.bigint() % 5n));
          await self.pushSteps(call.flow_id, 'b', [{ n: 1 }, { n: 2 }]);
          if (call.flow_id === 2) throw new Error('boom');
        },
        b: (_, self) => self.sleep('1m'),
        async d(call, self) {
          if (self.call === 1) return self.defer(call, '5m');
          await self.finish(call);
        },
      },
    },
  );
  for (const priority of [null, 5]) await dag.createFlow('f', { n: 1 }, { force_priority: priority });
  dag.after('30s', () => dag.cancel(1).then(() => {}));
  dag.after('40s', () => dag.createFlow('f').then(() => {}));
  dag.after('2h', () => dag.orchestrator.restart());
  await dag.drain();
  await dag.restartFlow(2, 'a');
  await dag.drain();
  return dag;
}

it('the same test has the same timeline, the same calls and the same trace', async () => {
  const [first, second] = [await scenario(), await scenario()];
  expect(`${second.timeline}`).toBe(`${first.timeline}`);
  expect(second.calls).toEqual(first.calls);
  expect(second.trace).toEqual(first.trace);
  expect(first.timeline.length).toBeGreaterThan(30);
});

it('its trace has commands of the model, and comes to the same on it', async () => {
  const { trace, tasks, flows } = await scenario();
  expect(trace).toMatchObject({
    engine: 'dag-cascade',
    release: '1.0',
    startedAt: '2030-01-01T00:00:00.000Z',
  });
  let state = machine.initialState;
  for (const { at, command } of trace.commands) {
    const now = Date.parse(trace.startedAt) + at;
    expect(dagCascadeCommand.parse(command)).toEqual(command);
    state = machine.transition(state, command, { now, uuid: '' }).state;
  }
  const replayed = state.tasks.values().filter(({ task_data }) => 'flow_id' in task_data);
  expect(replayed.map(({ task_id, processing_error }) => [task_id, processing_error])).toEqual(
    tasks.map(({ task_id, processing_error }) => [task_id, processing_error]),
  );
  expect(state.flows.values().map(({ flow_id }) => flow_id)).toEqual(flows.map(({ flow_id }) => flow_id));
  const kinds = new Set(trace.commands.map(({ command }) => command.type));
  expect(kinds.size).toBeGreaterThan(10);
});
