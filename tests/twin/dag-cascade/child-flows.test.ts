/** Flows that steps start. */
import { expect, it } from 'vitest';
import { SimulationError } from '../../../src/harness/dag-cascade/twin/index.ts';
import { flowOf, nodes } from './flows.ts';

const parent = {
  node: 'orders',
  target: 'far',
  routine: '',
  synchronous: true,
  steps_to_flow: "a child's flow",
  steps: [{ order: 1 }, { order: 2 }],
};

it('a step is finished when the flow that it has started is over, and does not see that it failed', async () => {
  const dag = await flowOf([parent, { ...nodes('after < orders')[0]! }], {
    routines: {
      async charge({ flow_arguments }, self) {
        await self.sleep('1h');
        if (flow_arguments.order === 2) throw new Error('card expired');
      },
    },
  });
  await dag.configureFlow(parent.steps_to_flow, { nodes: nodes('charge') });
  const flow_id = await dag.createFlow('f', null, { force_priority: 7 });
  // An hour is what a task has as installed, so that the time of the steps is up as well a millisecond later.
  await dag.drain();
  expect(dag.flow(flow_id).statuses).toEqual({ orders: 'FINISHED', after: 'FINISHED' });
  const children = dag.flows.filter(({ parent_flow_id }) => parent_flow_id === flow_id);
  const flow = parent.steps_to_flow;
  expect(children).toMatchObject([
    { flow, arguments: { order: 1 }, first_error: null, force_priority: 7 },
    { flow, arguments: { order: 2 }, first_error: 'card expired', force_priority: 7 },
  ]);
  const { steps } = dag.flow(flow_id).node('orders');
  expect(steps.map(({ status, task_id }) => [status, task_id])).toEqual(
    children.map(({ parent_task_id }) => ['FINISHED', parent_task_id]),
  );
  expect(dag.routine('after').calls).toMatchObject([{ atMs: 3_600_000 }]);
});

it('a step that starts a flow which is not configured fails in the words of the database', async () => {
  // It is looked up only, so a backslash is nothing special.
  const steps_to_flow = "no child's \\flow";
  const dag = await flowOf([{ ...parent, steps_to_flow, steps: [{ order: 1 }] }]);
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).node('orders').steps).toMatchObject([
    { status: 'FAILED', processing_error: `Missing flow configuration ${steps_to_flow}` },
  ]);
  expect(`${dag.timeline}`).toContain('create_flow is refused: P0001 Missing flow configuration');
});

it('a routine may start a flow, and a canceled flow takes those along that its steps have started', async () => {
  const dag = await flowOf([{ ...parent, steps: [{ order: 1 }] }, ...nodes('other')], {
    routines: { other: async (_, self) => void (await self.createFlow('alone')) },
  });
  await dag.configureFlow(parent.steps_to_flow, { nodes: nodes('charge') });
  await dag.configureFlow('alone', { nodes: nodes('alone') });
  dag.routine('charge').hangs();
  dag.routine('alone').returns().takes('1m');
  await dag.createFlow('f');
  dag.after('30s', () => dag.cancel(1));
  await dag.drain();
  expect(dag.flow(1).node('orders').steps).toMatchObject([
    { status: 'CANCELED', processing_error: 'flow cancel' },
  ]);
  const [child] = dag.flows.filter(({ flow }) => flow === parent.steps_to_flow);
  expect(child).toMatchObject({ parent_flow_id: 1, statuses: { charge: 'CANCELED' } });
  const [alone] = dag.flows.filter(({ flow }) => flow === 'alone');
  expect(alone).toMatchObject({ parent_flow_id: null, statuses: { alone: 'FINISHED' } });
  expect(dag.routine('charge').calls).toMatchObject([
    { outcome: 'canceled', endedAt: new Date('2030-01-01T00:00:30Z') },
  ]);
});

it('a flow that starts itself without end is told', async () => {
  const dag = await flowOf([{ ...parent, steps_to_flow: 'f', steps: [{ order: 1 }] }]);
  await dag.createFlow('f');
  const draining = dag.drain();
  await expect(draining).rejects.toThrow(SimulationError);
  await expect(draining).rejects.toThrow('flow f is started 100 flows deep');
});
