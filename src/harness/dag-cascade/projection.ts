/** The model's state as tables; what did not change is not made again. */
import {
  argumentsRow,
  controlRow,
  dependencyRow,
  flowRow,
  nodeRow,
  targetRow,
  taskRow,
} from '../../model/dag-cascade/rows.ts';
import type { DagCascadeState, FlowRun } from '../../model/dag-cascade/state.ts';
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';
import { remembered } from '../contract/remembered.ts';
import { sortedTables } from '../lockstep/observation.ts';
import { keyOf } from './keys.ts';
import { sortedSteps } from './steps.ts';

type Part<Key extends keyof DagCascadeState> = DagCascadeState[Key];

const sorted = (...tables: [string, Row[]][]) => sortedTables(tables, keyOf);

const ofControl = remembered((control: Part<'control'>) => sorted(['async.control', [controlRow(control)]]));
const ofTargets = remembered((targets: Part<'targets'>) =>
  sorted(['async.target', [...targets.values()].map(targetRow)]),
);
const ofPools = remembered((pools: Part<'pools'>) =>
  sorted([
    'async.concurrency_pool',
    [...pools].map(([concurrency_pool, { max_workers }]) => ({ concurrency_pool, max_workers })),
  ]),
);
const ofTrackers = remembered((trackers: Part<'trackers'>) =>
  sorted(['async.concurrency_pool_tracker', [...trackers.values()].map((row) => ({ ...row }))]),
);
const ofConnections = remembered((connections: Part<'connections'>) =>
  sorted(['background.connections', [...connections].map(([name, row]) => ({ name, ...row }))]),
);
// Trees are in the order of their keys already.
const rowOfTask = remembered(taskRow);
const ofTasks = remembered((tasks: Part<'tasks'>) => tasks.values().map((task) => rowOfTask(task)));
const ofWorkers = remembered((workers: Part<'workers'>) => workers.values().map((row) => ({ ...row })));
const ofArguments = remembered((cached: Part<'cachedArguments'>) =>
  cached.entries().map(([flow_id, { arguments: args }]) => argumentsRow(flow_id, args)),
);
const rowOfRun = remembered(flowRow);
const dependenciesOfRun = remembered(({ flow_id, dependencies }: FlowRun) =>
  dependencies.map((each) => dependencyRow({ flow_id }, each)),
);
const ofRuns = remembered((flows: Part<'flows'>) => {
  const runs = flows.values();
  return sorted(
    ['flow.flow', runs.map((run) => rowOfRun(run))],
    ['flow.dependency', runs.flatMap((run) => dependenciesOfRun(run))],
  );
});
const ofConfigurations = remembered((configurations: Part<'configurations'>) => {
  const flows = [...configurations.values()];
  return sorted(
    [
      'flow.flow_configuration',
      flows.map(({ flow, concurrency_group_routine }) => ({ flow, concurrency_group_routine })),
    ],
    [
      'flow.flow_node',
      flows.flatMap(({ flow, nodes }) =>
        [...nodes].map(([node, terminate_on_failure]) => ({ flow, node, terminate_on_failure })),
      ),
    ],
    [
      'flow.dependency_configuration',
      flows.flatMap(({ flow, dependencies }) => dependencies.map((each) => dependencyRow({ flow }, each))),
    ],
  );
});
const ofNodes = remembered((all: Part<'nodes'>): (readonly [string, readonly Row[]])[] => {
  const nodes = [...all.values()];
  const steps = nodes.flatMap(({ node, steps: own }) =>
    [...own.values()].map((args) => ({ node, arguments: args })),
  );
  return [...sorted(['flow.node', nodes.map(nodeRow)]), ['flow.step', sortedSteps(steps)]];
});

export const project = (state: DagCascadeState): Observation =>
  new Map<string, readonly Row[]>([
    ...ofControl(state.control),
    ...ofTargets(state.targets),
    ...ofPools(state.pools),
    ...ofTrackers(state.trackers),
    ['async.worker', ofWorkers(state.workers)],
    ['async.task', ofTasks(state.tasks)],
    ['async.task_task_id_seq', [{ last_value: state.lastTask }]],
    ['async.request_latch_request_latch_id_seq', [{ last_value: state.lastLatch }]],
    ...ofConnections(state.connections),
    ...ofConfigurations(state.configurations),
    ...ofNodes(state.nodes),
    ...ofRuns(state.flows),
    ['flow.flow_flow_id_seq', [{ last_value: state.lastFlow }]],
    ['flow.arguments', ofArguments(state.cachedArguments)],
  ]);
