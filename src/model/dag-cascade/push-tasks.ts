/** `flow.push_tasks` and `async.push_tasks`: new tasks, with the triggers that fire for those which are done as soon as they are there. */
import type { Jsonb } from '../kernel/jsonb.ts';
import { uniqueViolation } from '../kernel/sql-error.ts';
import { type FlowTask, isFlows, isNode, putTask, taskIdOf } from './draft.ts';
import { refuse } from './refusal.ts';
import {
  type Draft,
  type FlowRun,
  type Node,
  poolRoutine,
  type RunType,
  selfTarget,
  type Target,
  type Task,
  type TaskData,
} from './state.ts';
import { jsonbText, quoteLiteral } from './values.ts';

export interface NewTask {
  readonly node: string;
  readonly step_arguments: Jsonb;
}

/** What is pushed over to the queue. */
interface Pushed {
  readonly task_data: TaskData;
  readonly target: string | null;
  readonly priority: number | null;
  readonly query: string | null;
  readonly concurrency_pool: string | null;
  readonly manual_timeout: number | null;
  readonly track_yielded: boolean | null;
}

/** Those that are not there yet; of unknown flows and nodes none. Gives a refusal where two of them are the same. */
export function pushFlowTasks(
  draft: Draft,
  flow_id: number,
  tasks: readonly NewTask[],
  runType: RunType,
  source: string,
): void {
  const flow = draft.flows.get(flow_id);
  if (!flow) return;
  const groups = new Map<RunType, Pushed[]>();
  for (const { node: name, step_arguments } of eachOnce(draft, tasks)) {
    const node = draft.nodes.get(name);
    if (!node || taskIdOf(flow, name, step_arguments) !== undefined) continue;
    const isSynchronous = runType === 'EXECUTE' && isNode(step_arguments) && node.synchronous;
    const how = isSynchronous ? 'EXECUTE_NOASYNC' : runType;
    groups.set(how, [...(groups.get(how) ?? []), flowTask(draft, flow, node, step_arguments)]);
  }
  const routine = draft.configurations.get(flow.flow)!.concurrency_group_routine;
  if (groups.size > 0 && routine !== null && routine !== poolRoutine) {
    // Nobody has made the function that would be asked for the pool.
    refuse({ sqlstate: '42883', message: `function ${routine}(integer, unknown) does not exist` });
  }
  for (const how of groupsInOrder(draft, groups, ({ task_data }) => task_data)) {
    pushTasks(draft, groups.get(how)!, how, source);
  }
}

/** Surprise: twice the same in one call is a fault, in two calls it is none. */
function eachOnce(draft: Draft, tasks: readonly NewTask[]): readonly NewTask[] {
  if (!draft.documented.has('the-same-step-twice-refuses-all')) return tasks;
  return [...new Map(tasks.map((task) => [jsonbText([task.node, task.step_arguments]), task])).values()];
}

/** Groups of tasks by how they run: which comes first shows in the ids that they are given. */
export function groupsInOrder<T>(
  draft: Draft,
  groups: ReadonlyMap<RunType, readonly T[]>,
  dataOf: (item: T) => TaskData,
): RunType[] {
  const types = [...groups.keys()];
  if (types.length < 2 || !draft.isTold) return types;
  const names = types.map((type) => JSON.stringify(groups.get(type)!.map(dataOf)));
  return draft.order(names, 'groups').map((name) => types[names.indexOf(name)]!);
}

function flowTask(draft: Draft, flow: FlowRun, node: Node, step_arguments: Jsonb): Pushed {
  const { flow_id, force_priority } = flow;
  const isOfNode = isNode(step_arguments);
  const priority = force_priority ?? node.priority;
  return {
    task_data: { flow_id, node: node.node, step_arguments },
    target: node.target ?? (draft.documented.has('a-node-without-target-is-never-run') ? selfTarget : null),
    priority,
    query: callback(flow, node, step_arguments, priority),
    concurrency_pool: poolOf(draft, flow, node),
    manual_timeout: isOfNode ? node.node_timeout : node.step_timeout,
    track_yielded: !isOfNode,
  };
}

/** Null: that of its target. */
const poolOf = ({ configurations }: Draft, { flow }: FlowRun, { node }: Node): string | null =>
  configurations.get(flow)!.concurrency_group_routine === poolRoutine ? node : null;

/** The statement that is sent: a call of the routine, or the start of a flow of its own. */
function callback(flow: FlowRun, node: Node, step_arguments: Jsonb, priority: number | null): string {
  const isOfNode = isNode(step_arguments);
  const args = quoteLiteral(jsonbText(step_arguments));
  if (node.steps_to_flow !== null && !isOfNode) {
    const forced = priority === null ? 'NULL' : `'${priority}'`;
    return `SELECT flow.create_flow(${quoteLiteral(node.steps_to_flow)}, ${args}::jsonb, _parent_task_id := ##flow.TASK_ID##, _force_priority := ${forced})`;
  }
  const routine = (isOfNode ? node.node_routine : node.step_routine) ?? node.routine ?? node.node;
  if (routine === '') return '';
  const { flow_id } = flow;
  return `CALL ${routine}((${flow_id}, ${quoteLiteral(flow.flow)}, flow.args(${flow_id}), ${quoteLiteral(node.node)}, ${args}::JSONB, ##flow.TASK_ID##)::flow.callback_arguments_t)`;
}

/** Those whose target is known; the others are lost. */
export function pushTasks(draft: Draft, tasks: readonly Pushed[], runType: RunType, source: string): void {
  const known = tasks.filter(({ target }) => target !== null && draft.targets.has(target));
  if (known.length < tasks.length) draft.reached.push('push_tasks/lost-without-target');
  const inserted: number[] = [];
  for (const pushed of inPushedOrder(draft, known)) {
    const task = draft.triggers.before(draft, newTask(draft, pushed, runType, source), undefined);
    if (isFlows(task) && isThere(draft, task)) refuse(uniqueViolation('task_flow_idx'));
    putTask(draft, task);
    inserted.push(task.task_id);
  }
  draft.triggers.after(draft, inserted);
  const pools = inserted.map((id) => draft.tasks.get(id)!).filter(({ processed }) => processed === null);
  trackPools(
    draft,
    pools.map(({ concurrency_pool }) => concurrency_pool),
  );
}

/** It shows in their ids. */
function inPushedOrder(draft: Draft, tasks: readonly Pushed[]): readonly Pushed[] {
  if (tasks.length < 2 || !draft.isTold) return tasks;
  const names = tasks.map((each) => nameOf(each.task_data));
  return draft.order(names, 'pushed').map((name) => tasks[names.indexOf(name)]!);
}

/** By which its order is told; the same for two that are the same. */
const nameOf = (data: TaskData) => JSON.stringify(data);

function isThere(draft: Draft, { task_data }: FlowTask): boolean {
  const flow = draft.flows.get(task_data.flow_id);
  return flow !== undefined && taskIdOf(flow, task_data.node, task_data.step_arguments) !== undefined;
}

function newTask(draft: Draft, pushed: Pushed, runType: RunType, source: string): Task {
  const target = draft.targets.get(pushed.target!)!;
  const isDone = runType === 'DOA' || runType === 'EMPTY';
  draft.lastTask++;
  return {
    task_id: draft.lastTask,
    target: target.target,
    priority: pushed.priority ?? 0,
    entered: draft.now,
    consumed: isDone ? draft.now : null,
    processed: isDone ? draft.now : null,
    yielded: null,
    finish_status: runType === 'DOA' ? 'DOA' : runType === 'EMPTY' ? 'FINISHED' : null,
    source,
    query: pushed.query,
    failed: runType === 'DOA' ? true : runType === 'EMPTY' ? false : null,
    processing_error: null,
    asynchronous_finish: isAsynchronous(target, runType),
    times_up: null,
    task_data: pushed.task_data,
    concurrency_pool: pushed.concurrency_pool ?? target.target,
    manual_timeout: pushed.manual_timeout,
    tracked: null,
    track_yielded: pushed.track_yielded ?? target.concurrency_track_yielded ?? true,
    eligible_when: null,
  };
}

/** SQL NULL where the target does not say. */
const isAsynchronous = ({ asynchronous_finish }: Target, runType: RunType) =>
  runType === 'EXECUTE_NOASYNC' || runType === 'EMPTY' ? false : asynchronous_finish;

/** Surprise: a target that is configured without a limit has that of pools which nobody configured. */
const documentedLimit = (draft: Draft, pool: string) =>
  draft.targets.has(pool) && draft.documented.has('a-target-without-limit-runs-four') ? 8 : undefined;

/** `async.set_concurrency_pool_tracker`: pools that were not tracked before are. */
export function trackPools(draft: Draft, pools: readonly string[]): void {
  for (const concurrency_pool of pools) {
    if (draft.trackers.has(concurrency_pool)) continue;
    const max_workers =
      draft.pools.get(concurrency_pool)?.max_workers ??
      documentedLimit(draft, concurrency_pool) ??
      draft.control.default_concurrency_pool_workers;
    draft.trackers = draft.trackers.set(concurrency_pool, { concurrency_pool, workers: 0, max_workers });
  }
}
