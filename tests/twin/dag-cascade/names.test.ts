/** Names that the model does not follow: no twin has them, so that its trace can always be replayed. */
import { expect, it } from 'vitest';
import {
  type DagCascade,
  PostgresError,
  SimulationError,
} from '../../../src/harness/dag-cascade/twin/index.ts';
import { dagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import { flowOf, nodes } from './flows.ts';

const expectReplayable = ({ trace }: DagCascade) => {
  for (const { command } of trace.commands) expect(dagCascadeCommand.parse(command)).toEqual(command);
};

const notModelled = ['a\\b', '\\', 'f", "concurrency_group_routine": "x', 'a" ,b'];

it.each(notModelled)('a flow %j is not modelled', async (name) => {
  const dag = await flowOf(nodes('a'));
  const configuring = dag.configureFlow(name, { nodes: nodes('b') });
  await expect(configuring).rejects.toThrow(SimulationError);
  await expect(configuring).rejects.toThrow(
    `the flow of configureFlow() is ${JSON.stringify(name)}: a backslash, or a quote before a comma, in a name is not modelled. Use a name without`,
  );
  expect(dag.trace.commands).toHaveLength(3);
});

it.each(notModelled)('a node %j is not modelled', async (node) => {
  const dag = await flowOf(nodes('a'));
  const configuring = dag.configureFlow('g', { nodes: [{ node }] });
  await expect(configuring).rejects.toThrow(SimulationError);
  await expect(configuring).rejects.toThrow('nodes[0].node is');
  await expect(configuring).rejects.toThrow('in a name is not modelled. Use a name without');
  expect(dag.trace.commands).toHaveLength(3);
});

it.each(notModelled)('where %j is only looked up, nothing is found, as in the database', async (name) => {
  const dag = await flowOf(nodes('a'));
  await expect(dag.createFlow(name)).rejects.toMatchObject({ code: 'P0001' });
  const parent = dag.configureFlow('g', { nodes: [{ node: 'b', dependencies: [{ parent: name }] }] });
  await expect(parent).rejects.toMatchObject({ code: '23503' });
  await expect(dag.configureFlow('g', { nodes: [{ node: 'b', target: name }] })).rejects.toThrow(
    PostgresError,
  );
  await dag.configure({
    targets: [{ target: name, connection_string: 'x' }],
    concurrency_pools: [{ concurrency_pool: name }],
  });
  const node = { target: name, node_routine: '', steps: [{ n: 1 }] };
  await dag.configureFlow('h', {
    nodes: [
      { node: 'b', ...node, step_routine: name },
      { node: 'c', ...node, steps_to_flow: name },
    ],
  });
  dag.routine(name).returns();
  const flow_id = await dag.createFlow('h', null, { only_these_nodes: ['b', 'c', name] });
  await dag.pushSteps(flow_id, name, [{ n: 1 }]);
  await dag.drain();
  expect(dag.flow(flow_id).statuses).toEqual({ b: 'FINISHED', c: 'FAILED' });
  await dag.restartFlow(flow_id, name);
  expectReplayable(dag);
});

it('names that break the JSON are refused by the database', async () => {
  const dag = await flowOf(nodes('a'));
  await expect(dag.configureFlow('a"b', {})).rejects.toMatchObject({ code: '22P02' });
  const node = { node: 'a"b', dependencies: [{ parent: 'a' }] };
  await expect(dag.configureFlow('g', { nodes: [node] })).rejects.toMatchObject({ code: '22P02' });
  expectReplayable(dag);
});

it('a flow that steps start has a name that an index has room for', async () => {
  const node = { node: 'a', target: 'here', steps: [{ n: 1 }], steps_to_flow: 'x'.repeat(1301) };
  await expect(flowOf([node])).rejects.toThrow('steps_to_flow is "xxx');
});
