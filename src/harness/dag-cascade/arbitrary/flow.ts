/** Random flows: chains, diamonds, several roots, cycles, nodes of other flows, and what no flow may be. */
import type { Arbitrary } from 'fast-check';
import type {
  DagCascadeCommand,
  FlowConfigurationJson,
  NodeJson,
} from '../../../model/dag-cascade/commands.ts';
import { isReady } from '../../../model/dag-cascade/draft.ts';
import { isFlowTask, poolRoutine } from '../../../model/dag-cascade/state.ts';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { flowNames, mostly, nodeNames, nul, type Scene, targets } from './scene.ts';

const { plain, asynchronous, unreachable } = targets;
type Edges = Readonly<Record<string, readonly string[]>>;

/** The parents of each node. */
const shapes: readonly Edges[] = [
  { a: [] },
  { a: [], b: ['a'] },
  { a: [], b: ['a'], c: ['b'] },
  { a: [], b: ['a'], c: ['a'], d: ['b', 'c'] },
  { a: [], b: [], c: ['a', 'b'] },
  { a: [], b: ['a'], c: ['a'] },
  { a: [], b: [], c: [], d: ['a', 'b', 'c'], e: ['d'] },
  { c: [], d: ['c'], e: ['c', 'd'] },
];
const odd: readonly Edges[] = [
  {},
  { a: ['a'] },
  { a: ['b'], b: ['a'] },
  { a: [], b: ['a', 'c'], c: ['b'] },
  // Nodes of another flow, or of none.
  { b: ['a'] },
  { e: ['d'] },
];

const plainSteps: readonly Jsonb[][] = [
  [{ x: 1 }],
  [{ x: 1 }, { x: 2 }],
  [{ x: 1 }, { x: 2 }, { x: 3 }],
  [{ y: 2 }, 7.5],
];
const steps = drawnLater(() =>
  fc.constantFrom<Jsonb[]>(
    ...plainSteps,
    ...plainSteps,
    ...plainSteps,
    [{ b: 1, aa: 2, ab: 3 }, 1.5e21, 2e-7],
    ["it's", 'back\\slash'],
    [7.5, 'seven', []],
    [
      [1, 2],
      [{ x: 1 }, 2],
    ],
    [[1], 2],
    [[3], [4, 5]],
    [[]],
    [[[[[[[1]]]]]]],
    [null],
    [{ x: 1 }, { x: 1 }],
    [{}],
    [],
  ),
);

const options = drawnLater(() =>
  fc.record(
    {
      priority: fc.constantFrom(3, -1, null),
      all_steps_must_complete: fc.constantFrom(true, false, null),
      empty: fc.constantFrom(true, false, null),
      synchronous: fc.constantFrom(true, true, false, null),
      steps_to_flow: fc.constantFrom('g', 'f', 'nowhere', null),
      routine: fc.constantFrom('work', '', 'app.work', null),
      node_routine: fc.constantFrom('begin', null),
      step_routine: fc.constantFrom('each', null),
      node_timeout: fc.constantFrom('00:00:02', '24:00:00', null),
      step_timeout: fc.constantFrom('00:00:05', '00:00:00.5', null),
    },
    { requiredKeys: [] },
  ),
);

function node(name: string, parents: readonly string[], { character }: Scene): Arbitrary<NodeJson> {
  // In some samples, most nodes have steps, which start flows.
  const hasChildFlows = character > 0.4 && character < 0.7;
  const usual = character < 0.4 ? plain : character < 0.7 ? asynchronous : undefined;
  const target = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(usual ?? plain, usual ?? asynchronous) },
    { weight: 1, arbitrary: fc.constantFrom(null, unreachable) },
  );
  const dependencies = fc.tuple(
    ...parents.map((parent) =>
      fc.constantFrom(true, false, null, undefined).map((continue_on_failure) => ({
        parent,
        ...(continue_on_failure !== undefined && { continue_on_failure }),
      })),
    ),
  );
  // Most nodes have few options.
  const some = fc
    .tuple(options, fc.infiniteStream(fc.nat(3)))
    .map(([all, chance]) => Object.fromEntries(Object.entries(all).filter(() => chance.next().value === 0)));
  const ofNode = mostly(fc.constant(undefined), steps, hasChildFlows ? 1 : character < 0.6 ? 2 : 9);
  const childFlow = hasChildFlows ? fc.constantFrom('f', 'g', undefined) : fc.constant(undefined);
  return fc.tuple(target, dependencies, some, ofNode, childFlow).map(([where, edges, rest, own, starts]) => ({
    node: name,
    target: where,
    ...(edges.length > 0 && { dependencies: edges }),
    ...rest,
    ...(starts && { steps_to_flow: starts }),
    // So that it comes to its steps.
    ...(hasChildFlows && character < 0.6 && { synchronous: true }),
    ...(own && { steps: own }),
  })) as Arbitrary<NodeJson>;
}

/** Longer than a way can be. */
const chain = (length: number): NodeJson[] =>
  Array.from({ length }, (_, i) => ({
    ...{ node: `n${i}`, target: plain },
    ...(i > 0 && { dependencies: [{ parent: `n${i - 1}`, continue_on_failure: i === length - 1 }] }),
  }));

const broken = drawnLater(() =>
  fc.constantFrom<readonly NodeJson[]>(
    [{ node: 'A' }],
    [{ node: '' }],
    [{ node: 'a"b' }],
    [{ node: 'a"b', dependencies: [{ parent: 'a' }] }],
    [{ node: 'a.b.c' }],
    [{ node: null }],
    [{}],
    [
      { node: 'a', priority: 1 },
      { node: 'a', priority: 2 },
    ],
    [
      { node: 'a', target: plain, priority: 5 },
      { node: 'b', target: asynchronous },
      { node: 'a', target: asynchronous, priority: 6 },
    ],
    [{ node: 'b', dependencies: [{ parent: 'nowhere' }] }],
    [{ node: 'b', dependencies: [{ parent: null }] }],
    [{ node: 'b', dependencies: [{ parent: 'b' }, { parent: 'b', continue_on_failure: true }] }],
    [{ node: 'a', target: 'nowhere' }],
    [{ node: 'a', unknown: 1 } as NodeJson],
    [{ node: 'a.b', target: plain }],
    [{ node: 'a', steps: [nul] }],
    chain(103),
  ),
);

const routines = drawnLater(() =>
  fc.constantFrom<Partial<FlowConfigurationJson>>(
    ...Array.from({ length: 40 }, () => ({})),
    ...Array.from({ length: 8 }, () => ({ concurrency_group_routine: poolRoutine })),
    { flow: { concurrency_group_routine: 'pool_of' } },
    { concurrency_group_routine: 'pool_of' },
    { flow: { concurrency_group_routine: 'Pool' } },
    { flow: { concurrency_group_routine: 'Pool' } },
    { concurrency_group_routine: '' },
    { flow: null },
    { nodes: null },
  ),
);

export function configureFlow(scene: Scene): Arbitrary<DagCascadeCommand> {
  const shape = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...shapes) },
    { weight: 2, arbitrary: fc.constantFrom(...odd) },
  );
  const whole = shape.chain((edges) =>
    fc.tuple(...Object.entries(edges).map(([name, parents]) => node(name, parents, scene))),
  );
  const nodes = fc.oneof({ weight: 14, arbitrary: whole }, { weight: 2, arbitrary: broken });
  const isFirst = scene.state.configurations.size === 0;
  return fc
    .record({
      name: isFirst
        ? fc.constantFrom('f')
        : mostly(fc.constantFrom(...flowNames), fc.constantFrom(nul, 'a"b', '', null, null), 15),
      nodes: fc.option(nodes as Arbitrary<readonly NodeJson[]>, { nil: undefined, freq: 30 }),
      more: routines,
      append: fc.constantFrom(undefined, undefined, undefined, true, true, false, null),
      isBare: fc.boolean(),
    })
    .map(({ name, nodes: drawn, more, append, isBare }) => ({
      name,
      list: name === null && isBare ? undefined : drawn,
      more,
      append,
    }))
    .map(({ name, list, more, append }) => ({
      type: 'configure_flow' as const,
      _flow_name: name,
      // Where there is nothing in it, SQL NULL.
      ...((list || Object.keys(more).length > 0) && {
        _configuration: { ...(list && { nodes: [...list] }), ...more },
      }),
      ...(append !== undefined && { _append: append }),
    }));
}

/** Those that wait to be run, several times. */
const withTasks = ({ open }: Scene): string[] =>
  open
    .filter(isReady)
    .flatMap(({ task_data: data }) => (isFlowTask(data) ? [data.node, data.node, data.node] : []));

/** A node gets another target and priority while it has tasks: those that are new run elsewhere, and before the others. */
export const moveNode = (scene: Scene): Arbitrary<DagCascadeCommand> =>
  fc
    .record({
      node: fc.constantFrom(...withTasks(scene), ...scene.state.nodes.keys()),
      target: fc.constantFrom(plain, asynchronous, ...Array.from({ length: 6 }, () => unreachable)),
      flow: fc.constantFrom(...scene.state.configurations.keys()),
      priority: fc.integer({ min: -9, max: 1 }),
    })
    .map(({ node: name, target, flow, priority }) => ({
      type: 'configure_flow',
      _flow_name: flow,
      _configuration: { nodes: [{ node: name, target, priority }] },
      _append: true,
    }));

/** A node of any flow, or of none. */
export const anyNode = ({ state }: Scene): Arbitrary<string | null> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.constantFrom(...(state.nodes.size > 0 ? [...state.nodes.keys()].sort() : nodeNames)),
    },
    { weight: 1, arbitrary: fc.constantFrom<string | null>(null, 'nowhere', nul) },
  );
