/** What runs, what fails with it, and what is passed over. */
import { expect, it } from 'vitest';
import { flowOf, nodes } from './flows.ts';

const boom = () => {
  throw new Error('boom');
};

it('in a diamond, every node runs once, after its parents', async () => {
  const dag = await flowOf(nodes('a', 'b < a', 'c < a', 'd < b < c'));
  dag.routine('b').takes('1m');
  dag.routine('c').takes('2m');
  const flow_id = await dag.createFlow('f', { day: 1 });
  expect(dag.flow(flow_id).statuses).toEqual({ a: 'READY', b: null, c: null, d: null });
  await dag.drain();
  expect(dag.calls.map(({ node, atMs }) => [node, atMs])).toEqual([
    ['a', 0],
    ['b', 0],
    ['c', 0],
    ['d', 120_000],
  ]);
  const { processed, count_nodes, count_finished_nodes, count_failed_nodes, first_error } = dag.flow(flow_id);
  expect([count_nodes, count_finished_nodes, count_failed_nodes, first_error]).toEqual([4, 4, 0, null]);
  expect(processed).toEqual(dag.now);
  expect(dag.calls[0]).toMatchObject({
    routine: 'a',
    call: 1,
    flow_id,
    flow: 'f',
    flow_arguments: { day: 1 },
    node: 'a',
    step_arguments: {},
    task_id: 1,
    outcome: 'returned',
    endedAt: new Date('2030-01-01T00:00:00Z'),
  });
});

it('a failure dooms what depends on it, as long as an edge further down goes on', async () => {
  const dag = await flowOf(nodes('a', 'b < a', 'c < b', 'd <? c'), { routines: { a: boom } });
  const flow_id = await dag.createFlow('f');
  await dag.drain();
  const flow = dag.flow(flow_id);
  expect(flow.statuses).toEqual({ a: 'FAILED', b: 'DOA', c: 'DOA', d: 'FINISHED' });
  expect(flow.node('a').error).toBe('boom');
  expect(flow.node('b').task).toMatchObject({
    failed: true,
    source: expect.stringContaining('node complete'),
  });
  expect(flow.first_error).toBe('boom');
  expect(dag.calls.map(({ node }) => node)).toEqual(['a', 'd']);
});

it('a failure that no edge goes on from ends its way there', async () => {
  const dag = await flowOf(nodes('a', 'b < a', 'c < b'), { routines: { a: boom } });
  const flow_id = await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(flow_id).statuses).toEqual({ a: 'FAILED', b: null, c: null });
  expect(dag.flow(flow_id).node('b')).toEqual({
    node: 'b',
    status: null,
    error: null,
    task: undefined,
    steps: [],
  });
});

it('an empty node is finished without a call, and so are those that were not asked for', async () => {
  const [a, b, c] = nodes('a', 'b < a', 'c < b');
  const dag = await flowOf([a!, { ...b!, steps: [{ page: 1 }] }, { ...c!, empty: true }]);
  await dag.createFlow('f', undefined, { only_these_nodes: ['a'] });
  await dag.drain();
  expect(dag.calls.map(({ node }) => node)).toEqual(['a']);
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FINISHED', c: 'FINISHED' });
  expect(dag.flow(1).node('b').steps).toEqual([]);
  expect(`${dag.timeline}`).toContain('b of flow 1 is finished without being run');

  await dag.createFlow('f');
  await dag.drain();
  expect(dag.calls.slice(1).map(({ node, step_arguments }) => [node, step_arguments])).toEqual([
    ['a', {}],
    ['b', {}],
    ['b', { page: 1 }],
  ]);
});

it('steps run when the routine of their node has ended, and the node waits for the last', async () => {
  const dag = await flowOf(
    [
      { node: 'a', target: 'here', node_routine: 'plan', step_routine: 'page', steps: [{ page: 0 }] },
      ...nodes('b < a'),
    ],
    {
      routines: {
        plan: (call, self) => self.pushSteps(call.flow_id, 'a', [{ page: 1 }, { page: 2 }]),
        page: async ({ step_arguments }, self) => self.sleep(step_arguments.page * 1000),
      },
    },
  );
  await dag.createFlow('f');
  await dag.advance('1500ms');
  expect(dag.flow(1).node('a')).toMatchObject({ status: 'YIELDED', task: { source: 'step processing' } });
  expect(
    dag
      .flow(1)
      .node('a')
      .steps.map(({ status }) => status),
  ).toEqual(['FINISHED', 'RUNNING', 'FINISHED']);
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FINISHED' });
  expect(dag.routine('b').calls).toMatchObject([{ atMs: 2000 }]);
});

it('a node whose steps need not complete is finished in spite of a failed one', async () => {
  const page = { node: 'a', target: 'here', node_routine: '', step_routine: 'page', steps: [1, 2] };
  const routines = {
    page: async (
      { step_arguments }: { step_arguments: number },
      { sleep }: { sleep(ms: number): Promise<void> },
    ) => {
      await sleep(step_arguments * 1000);
      if (step_arguments === 1) throw new Error('boom');
    },
  };
  const strict = await flowOf([page], { routines });
  await strict.createFlow('f');
  await strict.drain();
  expect(strict.flow(1).node('a').status).toBe('FAILED');
  expect(strict.calls.map(({ outcome }) => outcome)).toEqual(['threw', 'canceled']);
  const lenient = await flowOf([{ ...page, all_steps_must_complete: false }], { routines });
  await lenient.createFlow('f');
  await lenient.drain();
  expect(lenient.flow(1).node('a').status).toBe('FINISHED');
  expect(lenient.calls.map(({ outcome, error }) => [outcome, error])).toEqual([
    ['threw', 'boom'],
    ['returned', undefined],
  ]);
});

it('a step can be pushed to a node that has not been reached, and once only', async () => {
  const dag = await flowOf(nodes('a', 'b < a'), {
    routines: {
      async a({ flow_id }, self) {
        await self.pushSteps(flow_id, 'b', [{ page: 1 }]);
        await self.pushSteps(flow_id, 'b', [{ page: 1 }, { page: 2 }]);
        await self.pushSteps(flow_id, 'nowhere', [{ page: 1 }]);
      },
    },
  });
  await dag.createFlow('f');
  await dag.drain();
  expect(
    dag
      .flow(1)
      .node('b')
      .steps.map(({ step_arguments }) => step_arguments),
  ).toEqual([{ page: 1 }, { page: 2 }]);
});

it('an empty routine is nothing to call, and a routine may be named for node, step or both', async () => {
  const base = { target: 'here', steps: [{ page: 1 }] };
  const dag = await flowOf([
    { ...base, node: 'a', routine: 'both' },
    { ...base, node: 'b', routine: 'both', node_routine: 'first' },
    { ...base, node: 'c', routine: 'both', step_routine: '' },
    { ...base, node: 'd', step_routine: 'schema.second' },
  ]);
  await dag.createFlow('f');
  await dag.drain();
  const called = dag.calls.map(
    ({ node, routine, step_arguments }) => `${node} ${routine} ${step_arguments.page ?? 0}`,
  );
  expect(called.sort()).toEqual([
    'a both 0',
    'a both 1',
    'b both 1',
    'b first 0',
    'c both 0',
    'd d 0',
    'd schema.second 1',
  ]);
});

it('a flow without a node to run is done at once, a cycle is passed over', async () => {
  const dag = await flowOf(nodes('a', 'b < a < c', 'c < b'));
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: null, c: null });
  await dag.configureFlow('nothing', {});
  await dag.createFlow('nothing');
  expect(dag.flow(2).processed).toEqual(dag.now);
  expect(`${dag.timeline}`).toContain('flow 2 (nothing) is done');
});

it('nodes are added with append, and leave the flow without it', async () => {
  const dag = await flowOf(nodes('a', 'b < a'));
  dag.routine('c').returns();
  await dag.configureFlow('f', { nodes: nodes('c < b') }, { append: true });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED', b: 'FINISHED', c: 'FINISHED' });
  await dag.configureFlow('f', { nodes: nodes('c') });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(2).statuses).toEqual({ c: 'FINISHED' });
});
