/** What a test sees of flows and tasks: rows, with Dates, and what follows from them. */
import { isFlows, isNode, nodeRunOf } from '../../../../model/dag-cascade/draft.ts';
import type { DagCascadeState, FlowRun, Task } from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import { copyOf } from '../../../twin/json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';

/**
 * `finish_status` of a task that has ended; `FAILED` also where the orchestrator presumes that. Before that: READY until it is sent,
 * RUNNING until its routine ends, YIELDED while it waits for `finish` or for its steps, DEFERRED until it may run again.
 */
export type TaskStatus =
  | 'READY'
  | 'RUNNING'
  | 'YIELDED'
  | 'DEFERRED'
  | 'FINISHED'
  | 'FAILED'
  | 'CANCELED'
  | 'DOA';

/** A row of `async.task` that is a node or a step of a flow. */
export interface FlowTask {
  readonly task_id: number;
  readonly flow_id: number;
  readonly node: string;
  /** `{}`: the node itself. */
  readonly step_arguments: unknown;
  readonly status: TaskStatus;
  /** Also true for DOA and CANCELED. */
  readonly failed: boolean | null;
  readonly processing_error: string | null;
  /** What has made it: `create flow`, `push steps`, `node complete (from task_id 1)`, ... */
  readonly source: string | null;
  readonly target: string;
  readonly concurrency_pool: string;
  readonly priority: number;
  readonly entered: Date;
  readonly consumed: Date | null;
  readonly yielded: Date | null;
  readonly processed: Date | null;
  readonly times_up: Date | null;
  readonly eligible_when: Date | null;
}

/** A node in a flow. */
export interface FlowNode {
  readonly node: string;
  /** Null: it has not been reached. */
  readonly status: TaskStatus | null;
  /** The `processing_error` of its task. */
  readonly error: string | null;
  /** Its own task; undefined: it has not been reached. */
  readonly task: FlowTask | undefined;
  /** In the order of their ids. */
  readonly steps: readonly FlowTask[];
}

/** A row of `flow.flow`, with its nodes. The counts and the first error are there once it is processed. */
export interface Flow {
  readonly flow_id: number;
  readonly flow: string;
  readonly arguments: unknown;
  readonly created: Date;
  /** When it was over, however. */
  readonly processed: Date | null;
  readonly parent_task_id: number | null;
  readonly parent_flow_id: number | null;
  readonly only_these_nodes: readonly (string | null)[] | null;
  readonly force_priority: number | null;
  readonly count_nodes: number | null;
  readonly count_finished_nodes: number | null;
  /** Surprise: too low where one failure dooms other nodes. */
  readonly count_failed_nodes: number | null;
  readonly first_error: string | null;
  /** As they are configured now; then those that have left the configuration. */
  readonly nodes: readonly FlowNode[];
  /** Of each node its status. */
  readonly statuses: Readonly<Record<string, TaskStatus | null>>;
  /** @throws SimulationError if the flow has no such node */
  node(name: string): FlowNode;
}

/** A row of `async.concurrency_pool_tracker`. */
export interface Pool {
  readonly concurrency_pool: string;
  /** How many of its tasks run or hold their place. */
  readonly workers: number;
  readonly max_workers: number | null;
}

const finalStatuses: ReadonlySet<string | null> = new Set(['FINISHED', 'FAILED', 'CANCELED', 'DOA']);

export function statusOf(task: Task): TaskStatus {
  if (task.processed === null) {
    if (task.yielded !== null) return 'YIELDED';
    if (task.consumed !== null) return 'RUNNING';
    return task.finish_status === 'DEFERRED' ? 'DEFERRED' : 'READY';
  }
  // An orchestrator that starts presumes that a task has failed, and leaves its status as it was.
  if (!finalStatuses.has(task.finish_status)) return task.failed === true ? 'FAILED' : 'FINISHED';
  return task.finish_status as TaskStatus;
}

const date = (instant: Instant | null): Date | null => (instant === null ? null : new Date(instant));

export function taskSeen(task: Task): FlowTask | undefined {
  if (!isFlows(task)) return undefined;
  const { flow_id, node, step_arguments } = task.task_data;
  return {
    task_id: task.task_id,
    flow_id,
    node,
    step_arguments: copyOf(step_arguments),
    status: statusOf(task),
    failed: task.failed,
    processing_error: task.processing_error,
    source: task.source,
    target: task.target,
    concurrency_pool: task.concurrency_pool,
    priority: task.priority,
    entered: new Date(task.entered),
    consumed: date(task.consumed),
    yielded: date(task.yielded),
    processed: date(task.processed),
    times_up: date(task.times_up),
    eligible_when: date(task.eligible_when),
  };
}

/** All of them, by id. */
export function tasksSeen({ tasks }: DagCascadeState): FlowTask[] {
  return tasks.values().flatMap((task) => taskSeen(task) ?? []);
}

export function flowSeen(state: DagCascadeState, run: FlowRun): Flow {
  const configured = [...(state.configurations.get(run.flow)?.nodes.keys() ?? [])];
  const others = [...run.nodes]
    .filter(
      ([name, { task_id, steps }]) => !configured.includes(name) && (task_id !== undefined || steps.size > 0),
    )
    .map(([name]) => name)
    .sort();
  const nodes = [...configured, ...others].map((name) => nodeSeen(state, run, name));
  return {
    flow_id: run.flow_id,
    flow: run.flow,
    arguments: copyOf(run.arguments),
    created: new Date(run.created),
    processed: date(run.processed),
    parent_task_id: run.parent_task_id,
    parent_flow_id: run.parent_flow_id,
    only_these_nodes: run.only_these_nodes && [...run.only_these_nodes],
    force_priority: run.force_priority,
    count_nodes: run.count_nodes,
    count_finished_nodes: run.count_finished_nodes,
    count_failed_nodes: run.count_failed_nodes,
    first_error: run.first_error,
    nodes,
    statuses: Object.fromEntries(nodes.map(({ node, status }) => [node, status])),
    node(name) {
      const found = nodes.find(({ node }) => node === name);
      if (found) return found;
      throw new SimulationError(
        `flow ${run.flow_id} (${run.flow}) has no node ${shown(name)}: known: ${nodes.map(({ node }) => node).join(', ')}`,
      );
    },
  };
}

function nodeSeen({ tasks }: DagCascadeState, run: FlowRun, node: string): FlowNode {
  const { task_id, steps } = nodeRunOf(run, node);
  const own = task_id === undefined ? undefined : tasks.get(task_id);
  const task = own && taskSeen(own);
  return {
    node,
    status: task?.status ?? null,
    error: task?.processing_error ?? null,
    task,
    steps: [...steps.values()].sort((a, b) => a - b).flatMap((id) => taskSeen(tasks.get(id)!) ?? []),
  };
}

/** `extract of flow 1`; of a step, with its arguments. */
export function nameOf({ node, step_arguments, flow_id }: FlowTask): string {
  const isStep = !isNode(step_arguments as never);
  return `${node}${isStep ? ` ${JSON.stringify(step_arguments)}` : ''} of flow ${flow_id}`;
}
