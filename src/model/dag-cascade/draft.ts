/** The private copy of the state that one command edits, and how its rows are found and changed. */

import { IndexedTree } from '../kernel/indexed-tree.ts';
import type { Jsonb } from '../kernel/jsonb.ts';
import { PersistentMap } from '../kernel/persistent-map.ts';
import type { Circumstances } from '../kernel/transition.ts';
import type { AsDocumented } from './deviations.ts';
import {
  type DagCascadeState,
  type Draft,
  type FlowRun,
  type FlowTaskData,
  isFlowTask,
  type NodeRun,
  type Task,
  type Triggers,
} from './state.ts';
import { jsonbText } from './values.ts';

export function draftOf(
  state: DagCascadeState,
  { now, order }: Circumstances,
  documented: AsDocumented,
  isElsewhere: boolean,
  triggers: Triggers,
): Draft {
  return {
    control: state.control,
    targets: state.targets,
    pools: state.pools,
    trackers: state.trackers,
    workers: state.workers,
    busy: state.busy,
    connections: state.connections,
    tasks: state.tasks,
    open: state.open,
    lastTask: state.lastTask,
    nodes: state.nodes,
    configurations: state.configurations,
    flows: state.flows,
    openFlows: state.openFlows,
    startedBy: state.startedBy,
    lastFlow: state.lastFlow,
    cachedArguments: state.cachedArguments,
    lastLatch: state.lastLatch,
    now,
    owner: {},
    reached: [],
    triggers,
    documented,
    isOrchestrator: state.control.isStarted && !isElsewhere,
    isTold: order !== undefined,
    order: order ?? asTheyAre,
  };
}

const asTheyAre = (members: readonly string[]): readonly string[] => members;

/** Key by key, which takes a third of the time that leaving out the others would. */
export const stateOf = (draft: Draft): DagCascadeState => ({
  control: draft.control,
  targets: draft.targets,
  pools: draft.pools,
  trackers: draft.trackers,
  workers: draft.workers,
  busy: draft.busy,
  connections: draft.connections,
  tasks: draft.tasks,
  open: draft.open,
  lastTask: draft.lastTask,
  nodes: draft.nodes,
  configurations: draft.configurations,
  flows: draft.flows,
  openFlows: draft.openFlows,
  startedBy: draft.startedBy,
  lastFlow: draft.lastFlow,
  cachedArguments: draft.cachedArguments,
  lastLatch: draft.lastLatch,
});

/** A task of a flow: a node where it has no arguments, else a step of it. */
export interface FlowTask extends Task {
  readonly task_data: FlowTaskData;
}

export const isFlows = (task: Task | undefined): task is FlowTask =>
  task !== undefined && isFlowTask(task.task_data);

export const isNode = (step_arguments: Jsonb): boolean =>
  typeof step_arguments === 'object' &&
  step_arguments !== null &&
  !Array.isArray(step_arguments) &&
  Object.keys(step_arguments).length === 0;

const noSteps: NodeRun = { task_id: undefined, steps: PersistentMap.empty(), openSteps: 0, failedSteps: 0 };

export const nodeRunOf = (flow: FlowRun, node: string): NodeRun => flow.nodes.get(node) ?? noSteps;

/** The task of a node or a step, by its arguments. */
export function taskIdOf(flow: FlowRun, node: string, step_arguments: Jsonb): number | undefined {
  const run = nodeRunOf(flow, node);
  return isNode(step_arguments) ? run.task_id : run.steps.get(jsonbText(step_arguments));
}

/** Of the task as it is now. */
export const taskOf = (draft: Draft, task_id: number | undefined): Task | undefined =>
  task_id === undefined ? undefined : draft.tasks.get(task_id);

export function putFlow(draft: Draft, flow: FlowRun): void {
  const { flow_id } = flow;
  const before = draft.flows.get(flow_id);
  draft.flows = draft.flows.set(flow_id, flow, draft.owner);
  if (before && (before.processed === null) === (flow.processed === null)) return;
  draft.openFlows =
    flow.processed === null
      ? draft.openFlows.set(flow_id, flow_id, draft.owner)
      : draft.openFlows.delete(flow_id, draft.owner);
  if (!before) for (const key of startersOf(flow)) noteStarted(draft, key, flow_id);
}

/** What it was started by. */
const startersOf = ({ parent_flow_id, parent_task_id }: FlowRun): string[] => [
  ...(parent_flow_id === null ? [] : [`flow ${parent_flow_id}`]),
  ...(parent_task_id === null ? [] : [`task ${parent_task_id}`]),
];

function noteStarted(draft: Draft, key: string, flow_id: number): void {
  const others = draft.startedBy.get(key) ?? IndexedTree.empty<number>();
  draft.startedBy = draft.startedBy.set(key, others.set(flow_id, flow_id, draft.owner), draft.owner);
}

/** The runs that a run or a task has started, by id. */
export const startedBy = (draft: Draft, starter: 'flow' | 'task', id: number): FlowRun[] =>
  (draft.startedBy.get(`${starter} ${id}`)?.values() ?? []).map((flow_id) => draft.flows.get(flow_id)!);

/** Those of them that are not over. */
export const openRunsOf = (draft: Draft, flow_id: number): FlowRun[] =>
  startedBy(draft, 'flow', flow_id).filter(({ processed }) => processed === null);

/** Runs that a deleted task has started are deleted with it; their tasks are not. */
export function deleteFlowsOf(draft: Draft, task_id: number): void {
  for (const flow of startedBy(draft, 'task', task_id)) {
    draft.reached.push('delete/child-flow');
    draft.flows = draft.flows.delete(flow.flow_id, draft.owner);
    draft.openFlows = draft.openFlows.delete(flow.flow_id, draft.owner);
    for (const key of startersOf(flow)) {
      const others = draft.startedBy.get(key)!.delete(flow.flow_id, draft.owner);
      draft.startedBy = draft.startedBy.set(key, others, draft.owner);
    }
  }
}

/** A new row, or another in the place of one. */
export function putTask(draft: Draft, task: Task): void {
  const before = draft.tasks.get(task.task_id);
  draft.tasks = draft.tasks.set(task.task_id, task, draft.owner);
  if (openCount(task) !== openCount(before)) {
    draft.open =
      task.processed === null
        ? draft.open.set(task.task_id, task.task_id, draft.owner)
        : draft.open.delete(task.task_id, draft.owner);
  }
  if (isFlows(task)) noteInFlow(draft, before, task);
}

function noteInFlow(draft: Draft, before: Task | undefined, task: FlowTask): void {
  const { flow_id, node, step_arguments } = task.task_data;
  const flow = draft.flows.get(flow_id);
  // Somebody may have deleted it.
  if (!flow) return;
  const opened = openCount(task) - openCount(before);
  const failed = failedCount(task) - failedCount(before);
  if (before && opened === 0 && failed === 0) return;
  const run = nodeRunOf(flow, node);
  const changed: NodeRun = isNode(step_arguments)
    ? { ...run, task_id: task.task_id }
    : {
        ...run,
        openSteps: run.openSteps + opened,
        failedSteps: run.failedSteps + failed,
        steps: before ? run.steps : run.steps.set(jsonbText(step_arguments), task.task_id, draft.owner),
      };
  const nodes = flow.nodes.set(node, changed, draft.owner);
  putFlow(draft, { ...flow, nodes, openTasks: flow.openTasks + opened });
}

const openCount = (task: Task | undefined) => (task?.processed === null ? 1 : 0);
const failedCount = (task: Task | undefined) => (task?.failed === true ? 1 : 0);

/** With the runs that it has started. */
export function deleteTask(draft: Draft, task: Task): void {
  draft.tasks = draft.tasks.delete(task.task_id, draft.owner);
  draft.open = draft.open.delete(task.task_id, draft.owner);
  if (isFlows(task)) forgetInFlow(draft, task);
  deleteFlowsOf(draft, task.task_id);
  if (draft.documented.has('a-worker-of-a-deleted-task-is-never-free')) freeWorkersOf(draft, task.task_id);
}

function freeWorkersOf(draft: Draft, task_id: number): void {
  for (const slot of draft.busy.get(String(task_id)) ?? []) {
    const free = { ...draft.workers.get(slot)!, target: null, task_id: null, running_since: null };
    draft.workers = draft.workers.set(slot, free, draft.owner);
    draft.connections = draft.connections.delete(free.name);
  }
  draft.busy = draft.busy.delete(String(task_id));
}

function forgetInFlow(draft: Draft, task: FlowTask): void {
  const { flow_id, node, step_arguments } = task.task_data;
  const flow = draft.flows.get(flow_id);
  if (!flow) return;
  const run = nodeRunOf(flow, node);
  const changed = isNode(step_arguments)
    ? { ...run, task_id: undefined }
    : {
        ...run,
        steps: run.steps.delete(jsonbText(step_arguments)),
        openSteps: run.openSteps - openCount(task),
        failedSteps: run.failedSteps - failedCount(task),
      };
  const nodes = flow.nodes.set(node, changed, draft.owner);
  putFlow(draft, { ...flow, nodes, openTasks: flow.openTasks - openCount(task) });
}

/** All steps of a node, by id. */
export const stepsOf = (draft: Draft, flow: FlowRun, node: string): FlowTask[] =>
  [...nodeRunOf(flow, node).steps.values()]
    .sort((a, b) => a - b)
    .map((id) => draft.tasks.get(id) as FlowTask);

/** All tasks of a flow, by id. */
export function tasksOf(draft: Draft, flow: FlowRun): FlowTask[] {
  const ids: number[] = [];
  for (const { task_id, steps } of flow.nodes.values()) {
    if (task_id !== undefined) ids.push(task_id);
    ids.push(...steps.values());
  }
  return ids.sort((a, b) => a - b).map((id) => draft.tasks.get(id) as FlowTask);
}

/** In the order in which they were finished, which shows in what that brought about, in tasks that are new. */
export const inFinishedOrder = (draft: Draft, ids: readonly number[]): number[] =>
  inOrder(draft, ids, `finished after ${draft.lastTask}`);

/** Ids in the order in which the SQL went through them, where it promises none. */
export const inOrder = (draft: Draft, ids: readonly number[], what: string): number[] =>
  ids.length < 2 || !draft.isTold ? [...ids] : draft.order(ids.map(String), what).map(Number);

/** Whether one that is not processed waits to be run: it neither runs, nor is it yielded. */
export const isReady = ({ consumed, yielded }: Task): boolean => consumed === null && yielded === null;

/** Each round looks at them several times, mostly without a change in between. */
const openIn = new WeakMap<DagCascadeState['tasks'], readonly Task[]>();

/** Those that are not processed, by id. */
export function openTasks({ tasks, open }: Pick<DagCascadeState, 'tasks' | 'open'>): readonly Task[] {
  let found = openIn.get(tasks);
  if (!found) {
    found = open.values().map((id) => tasks.get(id)!);
    openIn.set(tasks, found);
  }
  return found;
}

export const openFlowIds = (draft: Draft): number[] => draft.openFlows.values();
