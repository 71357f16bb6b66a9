/**
 * The laws of the DAG cascade along a trace, with the exceptions that its surprises force. Each throws where it does not hold. They look
 * at tasks alone, not at what the model counts beside them.
 */
import type { FlowTask } from '../../src/model/dag-cascade/draft.ts';
import type { DagCascadeState } from '../../src/model/dag-cascade/state.ts';
import { jsonbText } from '../../src/model/dag-cascade/values.ts';
import {
  isOfNode,
  newTasks,
  nodeTask,
  parentsOf,
  requestsFor,
  type Step,
  stepsOf,
  tasksIn,
} from './dag-cascade.ts';
import type { Tally } from './event-store.ts';
import { expectSame } from './for-all.ts';

export type DagLaw = (steps: readonly Step[], tally: Tally) => void;

const nameOf = ({ task_id, task_data }: FlowTask) => `task ${task_id} ${jsonbText({ ...task_data })}`;

const eachTaskOnce: DagLaw = (steps, tally) => {
  for (const { after } of steps) {
    const tasks = tasksIn(after);
    const keys = tasks.map(({ task_data }) => jsonbText({ ...task_data }));
    expectSame(new Set(keys).size, keys.length, 'a task is there twice');
    tally.count('a task', tasks.length);
  }
};

/** Nodes that nobody pushed by hand, as a step without arguments. */
function startedNodes(step: Step): { readonly task: FlowTask; readonly flow_id: number }[] {
  if (step.command.type === 'push_steps') return [];
  return newTasks(step)
    .filter(isOfNode)
    .map((task) => ({ task, flow_id: task.task_data.flow_id }));
}

/** Each parent of a node, as it is after the step. */
const parentTasks = (state: DagCascadeState, flow_id: number, node: string) =>
  parentsOf(state.flows.get(flow_id)!, node).map(({ parent, continue_on_failure }) => ({
    continue_on_failure,
    task: nodeTask(state, flow_id, parent),
  }));

/** Surprise: what was finished may be deferred in the same round, after its children were started. */
const isDeferred = (task: FlowTask | undefined) => task?.finish_status === 'DEFERRED';

const childrenAfterTheirParents: DagLaw = (steps, tally) => {
  for (const step of steps) {
    for (const { task, flow_id } of startedNodes(step)) {
      const parents = parentTasks(step.after, flow_id, task.task_data.node);
      for (const parent of parents) {
        const isDone = parent.task !== undefined && parent.task.processed !== null;
        expectSame(isDone || isDeferred(parent.task), true, `${nameOf(task)} has an open parent`);
      }
      if (parents.length > 0) tally.count('a child');
      if (parents.length > 1) tally.count('a child of two');
    }
  }
};

/** Surprise: what is done may be finished again. Then nobody can tell from the tables how it was when a child was started. */
function isFinishedAgain({ before }: Step, { task_id, task_data }: FlowTask): boolean {
  const times = requestsFor(before, task_id).length;
  return times > (nodeTask(before, task_data.flow_id, task_data.node)?.processed === null ? 1 : 0);
}

const doomedByFailedParents: DagLaw = (steps, tally) => {
  for (const step of steps) {
    for (const { task, flow_id } of startedNodes(step)) {
      const parents = parentTasks(step.after, flow_id, task.task_data.node);
      if (parents.some((parent) => isDeferred(parent.task) || isFinishedAgain(step, parent.task!))) continue;
      const isDoomed = parents.some((parent) => parent.task!.failed && !parent.continue_on_failure);
      expectSame(
        task.finish_status === 'DOA',
        isDoomed,
        `${nameOf(task)} is ${isDoomed ? '' : 'not '}doomed`,
      );
      if (isDoomed) tally.count('doomed');
      else if (parents.some((parent) => parent.task!.failed)) tally.count('runs after a failure');
    }
  }
};

/**
 * Surprise: a node ends before its steps where somebody finishes it by name, where it was left out, and where it was deferred while they
 * ran: it runs once more, and is not asked for its steps again. A step that was done may have been deferred in the same round.
 */
function mayEndBeforeItsSteps({ before, after, command }: Step, task: FlowTask): boolean {
  const { task_id, task_data } = task;
  const was = before.tasks.get(task_id);
  const run = after.flows.get(task_data.flow_id);
  const isNamed =
    (command.type === 'finish' && command.task_id === task_id) || requestsFor(before, task_id).length > 0;
  const isParent = before.flows.values().some(({ parent_task_id }) => parent_task_id === task_id);
  const isLeftOut =
    run !== undefined && run.only_these_nodes !== null && !run.only_these_nodes.includes(task_data.node);
  const ranAgain = was?.source === 'step processing' && was.yielded === null;
  return isNamed || isParent || isLeftOut || ranAgain;
}

const nodesAfterTheirSteps: DagLaw = (steps, tally) => {
  for (const step of steps) {
    for (const task of tasksIn(step.after).filter(isOfNode)) {
      if (task.finish_status !== 'FINISHED' || task.processed === null) continue;
      if (step.before.tasks.get(task.task_id)?.finish_status === 'FINISHED') continue;
      const own = stepsOf(step.after, task);
      const open = own.filter((each) => each.processed === null && !isDeferred(each));
      if (own.length > 0) tally.count('a node with steps');
      if (open.length > 0 && mayEndBeforeItsSteps(step, task)) continue;
      expectSame(open.map(nameOf), [], `${nameOf(task)} is finished before its steps`);
    }
  }
};

/** Surprise: a node that never ran and is finished again waits for the steps that it has got meanwhile. */
const hasGotSteps = (was: FlowTask, task: FlowTask) =>
  was.source !== 'step processing' && task.source === 'step processing' && task.yielded !== null;

const doneForGood: DagLaw = (steps, tally) => {
  for (const { before, after, command } of steps) {
    if (command.type === 'restart_flow') continue;
    for (const was of tasksIn(before)) {
      if (was.processed === null) continue;
      tally.count('a task that is done');
      const task = after.tasks.get(was.task_id) as FlowTask | undefined;
      if (!task || task.processed !== null || isDeferred(task) || hasGotSteps(was, task)) continue;
      throw new Error(`${nameOf(task)} is open again`);
    }
    for (const was of before.flows.values()) {
      const isOpen = after.flows.get(was.flow_id)?.processed === null;
      expectSame(was.processed !== null && isOpen, false, `flow ${was.flow_id} is open again`);
    }
  }
};

/** Tasks that are deleted keep their place in their pool; so do those that ran when the orchestrator starts again. */
function upsetsPools({ before, after, command }: Step): boolean {
  if (command.type === 'restart_flow') return true;
  if (before.tasks.values().some(({ task_id }) => !after.tasks.get(task_id))) return true;
  return command.type === 'start_orchestrator' && before.tasks.values().some(({ tracked }) => tracked);
}

const poolsAreCounted: DagLaw = (steps, tally) => {
  for (const step of steps) {
    if (upsetsPools(step)) return;
    const tracked = step.after.tasks.values().filter((task) => task.tracked);
    for (const { concurrency_pool: pool, workers, max_workers } of step.after.trackers.values()) {
      const own = tracked.filter(({ concurrency_pool }) => concurrency_pool === pool).length;
      expectSame(workers, own, `the workers of pool ${pool}`);
      expectSame(workers <= Math.max(0, max_workers ?? 0), true, `pool ${pool} is overcrowded`);
      if (workers > 0) tally.count(workers === max_workers ? 'a full pool' : 'a pool with room');
    }
  }
};

/** By what they say; with what each has to meet on its way, and how often at least. */
export const laws: Readonly<
  Record<string, { readonly law: DagLaw; readonly meets: readonly [number, ...string[]] }>
> = {
  'there is at most one task for a flow, a node and arguments': {
    law: eachTaskOnce,
    meets: [1000, 'a task'],
  },
  'a node is started when all its parents are done': {
    law: childrenAfterTheirParents,
    meets: [100, 'a child', 'a child of two'],
  },
  'a node is dead on arrival where a parent has failed whose failure matters, and nowhere else': {
    law: doomedByFailedParents,
    meets: [50, 'doomed', 'runs after a failure'],
  },
  'a node is finished after its steps': { law: nodesAfterTheirSteps, meets: [50, 'a node with steps'] },
  'what is done stays done': { law: doneForGood, meets: [500, 'a task that is done'] },
  'a pool has as many workers as tasks that count in it, and never too many': {
    law: poolsAreCounted,
    meets: [20, 'a full pool', 'a pool with room'],
  },
};
