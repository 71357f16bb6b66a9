/** Runs of flows: created, finished, canceled, given another priority, restarted. */
import type { Jsonb, NullableJsonb } from '../kernel/jsonb.ts';
import { PersistentMap } from '../kernel/persistent-map.ts';
import { foreignKeyViolation, notNullViolation, raised } from '../kernel/sql-error.ts';
import { inOrder, isFlows, nodeRunOf, openRunsOf, putFlow, taskOf, tasksOf } from './draft.ts';
import { finish } from './finish.ts';
import { groupsInOrder, type NewTask, pushFlowTasks } from './push-tasks.ts';
import { refuse } from './refusal.ts';
import { type Draft, type FlowRun, isFlowTask, type RunType } from './state.ts';
import { runTypeOf } from './triggers.ts';

export interface NewFlow {
  readonly flow: string | null;
  readonly arguments: NullableJsonb;
  readonly only_these_nodes: readonly (string | null)[] | null;
  readonly parent_task_id: number | null;
  readonly force_priority: number | null;
}

/** `flow.create_flow`: its id. */
export function createFlow(draft: Draft, wanted: NewFlow): number {
  const configuration = wanted.flow === null ? undefined : draft.configurations.get(wanted.flow);
  if (!configuration) refuse(raised(`Missing flow configuration ${wanted.flow ?? '<NULL>'}`));
  draft.lastFlow++;
  const flow_id = draft.lastFlow;
  const { parent_task_id, only_these_nodes } = wanted;
  const parent = parent_task_id === null ? undefined : draft.tasks.get(parent_task_id);
  if (parent_task_id !== null && !parent) refuse(foreignKeyViolation('flow_parent_task_id_fkey'));
  const ofFlow = isFlows(parent) ? parent : undefined;
  putFlow(draft, {
    flow_id,
    flow: configuration.flow,
    arguments: wanted.arguments,
    created: draft.now,
    processed: null,
    parent_task_id,
    only_these_nodes,
    parent_flow_id: ofFlow?.task_data.flow_id ?? null,
    count_nodes: null,
    count_finished_nodes: null,
    count_failed_nodes: null,
    first_error: null,
    force_priority: wanted.force_priority ?? ofFlow?.priority ?? null,
    dependencies: configuration.dependencies,
    nodes: PersistentMap.empty(),
    openTasks: 0,
  });
  pushRoots(draft, draft.flows.get(flow_id)!, [...configuration.nodes.keys()]);
  const run = draft.flows.get(flow_id)!;
  if (run.nodes.size > 0) return flow_id;
  draft.reached.push('create_flow/finished-as-empty');
  return finishFlow(draft, flow_id) ?? flow_id;
}

export function pushRoots(draft: Draft, run: FlowRun, names: readonly string[]): void {
  const groups = new Map<RunType, NewTask[]>();
  for (const name of names) {
    const node = draft.nodes.get(name);
    if (!node || run.dependencies.some(({ child }) => child === name)) continue;
    const runType = runTypeOf(node.empty, run.only_these_nodes, name);
    groups.set(runType, [...(groups.get(runType) ?? []), { node: name, step_arguments: {} }]);
  }
  const { flow_id } = run;
  for (const runType of groupsInOrder(draft, groups, (task) => ({ flow_id, ...task }))) {
    pushFlowTasks(draft, run.flow_id, groups.get(runType)!, runType, 'create flow');
  }
}

/** What `processed` does to a flow that was not: its parent step is finished, whatever came of it, and its nodes are counted. */
export function finishFlow(draft: Draft, flow_id: number): void {
  const flow = draft.flows.get(flow_id)!;
  if (flow.processed !== null) {
    putFlow(draft, { ...flow, processed: draft.now });
    return;
  }
  const parent = taskOf(draft, flow.parent_task_id ?? undefined);
  if (parent && parent.processed === null) {
    draft.reached.push('finish_parent/finished');
    finish(draft, [parent.task_id], fateOfParent(draft, flow));
  }
  const now = draft.flows.get(flow_id)!;
  putFlow(draft, { ...now, processed: draft.now, ...countsOf(draft, now, true) });
}

/** Surprise: what came of the run is no matter. */
function fateOfParent(draft: Draft, flow: FlowRun) {
  const { count_failed_nodes: failed, first_error } = countsOf(draft, flow);
  if (failed > 0 && draft.documented.has('a-failed-child-flow-is-a-finished-step')) {
    return { status: 'FAILED', error_message: first_error } as const;
  }
  if (failed > 0) draft.reached.push('finish_parent/of-failed-run');
  return { status: 'FINISHED', error_message: `via finishing of flow ${flow.flow_id}` } as const;
}

/** Of the nodes that the flow is configured to have by now. Those without a task are not counted as failed yet. */
export function countsOf(draft: Draft, flow: FlowRun, isOver = false) {
  const { documented } = draft;
  const names = [...draft.configurations.get(flow.flow)!.nodes.keys()];
  const tasks = names
    .map((name) => taskOf(draft, nodeRunOf(flow, name).task_id))
    .filter((task) => task !== undefined);
  const errors = tasks.filter(
    ({ failed, processing_error: error }) =>
      failed === true && error !== null && error !== '' && !error.startsWith('Failed due to'),
  );
  const [first] = errors.toSorted((a, b) => a.processed! - b.processed!);
  const alike = errors
    .filter(({ processed }) => processed === first?.processed)
    .toSorted((x, y) => x.task_id - y.task_id);
  const [chosen] = draft.order(
    alike.map(({ processing_error }) => processing_error!),
    `first error of ${flow.flow_id}`,
  );
  const finished = tasks.filter(({ failed }) => failed === false);
  const wanted = documented.has('nodes-left-out-count-as-finished') ? flow.only_these_nodes : null;
  // Surprise: when they are counted for good, the run is not over yet, so what has no task is no failure.
  const never = names.length - tasks.length;
  const isCounted = isOver && documented.has('nodes-that-never-ran-are-not-counted-as-failed');
  if (isOver && never > 0) draft.reached.push('finish_parent/nodes-without-task');
  return {
    // A flow without nodes is a row without a node.
    count_nodes: Math.max(1, names.length),
    count_finished_nodes: wanted
      ? finished.filter(({ task_data }) => isFlowTask(task_data) && wanted.includes(task_data.node)).length
      : finished.length,
    count_failed_nodes: tasks.filter(({ failed }) => failed === true).length + (isCounted ? never : 0),
    first_error: chosen ?? null,
  };
}

/** `flow.cancel`, also of a flow that is finished or unknown. */
export function cancelFlow(draft: Draft, flow_id: number | null): void {
  const flow = flow_id === null ? undefined : draft.flows.get(flow_id);
  if (!flow) return;
  const open = tasksOf(draft, flow).filter(({ processed }) => processed === null);
  finishFlow(draft, flow.flow_id);
  if (open.length > 0) {
    const ids = inOrder(
      draft,
      open.map(({ task_id }) => task_id),
      'canceled',
    );
    const how = { status: 'CANCELED', error_message: 'flow cancel' } as const;
    finish(draft, ids, how);
    countAgain(draft, flow.flow_id);
  }
  const children = openRunsOf(draft, flow.flow_id).map((each) => each.flow_id);
  for (const child of inOrder(draft, children, 'flows')) {
    draft.reached.push('cancel/child-flow');
    cancelFlow(draft, child);
  }
}

/** Surprise: nodes are counted before their tasks are canceled. */
function countAgain(draft: Draft, flow_id: number): void {
  if (!draft.documented.has('a-canceled-flow-counts-no-failures')) return;
  const flow = draft.flows.get(flow_id)!;
  putFlow(draft, { ...flow, ...countsOf(draft, flow) });
}

/** `flow.args`, which remembers what it gave: also that there was nothing. */
export function argumentsOf(draft: Draft, flow_id: number | null): NullableJsonb {
  if (flow_id === null) refuse(notNullViolation('flow_id'));
  const cached = draft.cachedArguments.get(flow_id);
  if (cached) return cached.arguments;
  const found = draft.flows.get(flow_id)?.arguments;
  draft.cachedArguments = draft.cachedArguments.set(flow_id, { arguments: found }, draft.owner);
  return found as Jsonb | undefined;
}
