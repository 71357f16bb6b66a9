/** Who runs first, and how many at once. */
import { expect, it } from 'vitest';
import { flowOf, nodes, targets } from './flows.ts';

const one = { targets: [{ target: 'here', connection_string: 'x', max_concurrency: 1 }] };
const order = (dag: Awaited<ReturnType<typeof flowOf>>) =>
  dag.calls.map(({ node, flow_id }) => `${node}${flow_id}`);

it('the lowest number runs first, and of the same number the first that was there', async () => {
  const [a, b, c, d] = nodes('a', 'b', 'c', 'd');
  const list = [{ ...a!, priority: 5 }, b!, { ...c!, priority: -5 }, { ...d!, priority: 5 }];
  const dag = await flowOf(list, { configuration: one });
  for (const { node } of list) dag.routine(node).takes('1m');
  await dag.createFlow('f');
  await dag.advance('30s');
  await dag.createFlow('f');
  await dag.drain();
  expect(order(dag)).toEqual(['c1', 'c2', 'b1', 'b2', 'a1', 'd1', 'a2', 'd2']);
  expect(dag.elapsedMs).toBe(8 * 60_000);
});

it('of those that begin in the same round, the lowest number is called first', async () => {
  const [a, b, c] = nodes('a', 'b', 'c');
  const dag = await flowOf([{ ...a!, priority: 5 }, b!, { ...c!, priority: -5 }]);
  await dag.createFlow('f');
  await dag.drain();
  expect(order(dag)).toEqual(['c1', 'b1', 'a1']);
  const begun = dag.timeline.filter(({ what }) => what === 'begins').map(({ node }) => node);
  expect(begun).toEqual(['c', 'b', 'a']);
});

it('a flow may be forced to a priority, and be given another one; what comes later has that only if it was forced', async () => {
  const dag = await flowOf(nodes('a', 'b < a'), { configuration: one });
  dag.routine('a').takes('1m');
  dag.routine('b').takes('1m');
  await dag.createFlow('f');
  await dag.createFlow('f', null, { force_priority: 3 });
  await dag.createFlow('f');
  await dag.setPriority(3, -1);
  expect(dag.tasks.map(({ priority }) => priority)).toEqual([0, 3, -1]);
  await dag.drain();
  expect(order(dag)).toEqual(['a3', 'a1', 'b3', 'b1', 'a2', 'b2']);
  expect(dag.tasks.map(({ node, flow_id, priority }) => `${node}${flow_id} ${priority}`)).toContain('b3 0');
});

it('a step may be given a priority of its own', async () => {
  const steps = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const list = [{ node: 'a', target: 'here', node_routine: '', step_routine: 'page', steps }];
  const dag = await flowOf(list, { configuration: one });
  dag.routine('page').takes('1m');
  await dag.createFlow('f');
  await dag.advance('30s');
  const last = dag.flow(1).node('a').steps[2]!;
  await dag.setStepPriority(1, last.task_id, -1);
  await dag.drain();
  expect(dag.calls.map(({ step_arguments }) => step_arguments.n)).toEqual([1, 3, 2]);
});

it('a pool has as many places as its target says, and all pools together as there are workers', async () => {
  const list = [...nodes('a', 'b', 'c', 'd'), { node: 'e', target: 'far', routine: 'a', synchronous: true }];
  const at = async (control: object) => {
    const dag = await flowOf(list, {
      configuration: { control, targets: targets.map((each) => ({ ...each, max_concurrency: 3 })) },
    });
    for (const { node } of list) dag.routine(node).takes('1m');
    await dag.createFlow('f');
    await dag.advance('30s');
    const pools = Object.fromEntries(
      dag.pools.map(({ concurrency_pool, workers }) => [concurrency_pool, workers]),
    );
    await dag.drain();
    return [pools, dag.calls.map(({ node, atMs }) => `${node} ${atMs / 60_000}`)];
  };
  expect(await at({})).toEqual([{ here: 3, far: 1 }, ['a 0', 'b 0', 'c 0', 'e 0', 'd 1']]);
  expect(await at({ workers: 2 })).toEqual([{ here: 2, far: 0 }, ['a 0', 'b 0', 'c 1', 'd 1', 'e 2']]);
});

it('a target that is configured away takes its nodes and tasks along', async () => {
  const dag = await flowOf([...nodes('a'), { node: 'b', target: 'far' }]);
  await dag.createFlow('f');
  await dag.configure({ targets: targets.slice(0, 1) });
  await dag.drain();
  expect(dag.flow(1).statuses).toEqual({ a: 'FINISHED' });
  expect(dag.tasks.map(({ node }) => node)).toEqual(['a']);
  expect(`${dag.timeline}`).toContain('b of flow 1 is deleted');
});

it('a target without a connection fails every task', async () => {
  const dag = await flowOf(nodes('a'), { configuration: { targets: [{ target: 'here' }] } });
  await dag.createFlow('f');
  await dag.drain();
  expect(dag.flow(1).node('a')).toMatchObject({
    status: 'FAILED',
    error: 'connection "async.worker_1" not available',
  });
  expect(dag.calls).toEqual([]);
});
