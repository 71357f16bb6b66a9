/** The two triggers by which flows hang on tasks: a node waits for its steps, and what is done starts what depends on it. */
import { type FlowTask, isFlows, isNode, nodeRunOf, stepsOf, taskOf } from './draft.ts';
import { finishInternal } from './finish.ts';
import { groupsInOrder, type NewTask, pushFlowTasks } from './push-tasks.ts';
import { type Draft, type FlowRun, isFlowTask, type RunType, type Task } from './state.ts';
import { jsonbText } from './values.ts';

/**
 * `on_flow_check_node_steps`, before a row is written: a node that would be finished and has steps is yielded while these run.
 * Gives the row as it is to be written.
 */
export function beforeTask(draft: Draft, task: Task, before: Task | undefined): Task {
  const fires =
    task.processed !== null && task.tracked !== false && isFlows(task) && task.finish_status === 'FINISHED';
  if (!fires || !isNode(task.task_data.step_arguments)) return task;
  if (before?.source === 'step processing') return task;
  const { flow_id, node } = task.task_data;
  const flow = draft.flows.get(flow_id);
  // Surprise: with SQL NULL among the nodes, a node that is not named pushes its steps all the same.
  if (flow && isLeftOut(draft, flow, node)) return task;
  const steps = [...(draft.nodes.get(node)?.steps.values() ?? [])].map((step_arguments) => ({
    node,
    step_arguments,
  }));
  pushFlowTasks(draft, flow_id, steps, 'EXECUTE', 'trigger create steps');
  if (!hasSteps(draft, flow_id, node)) return task;
  draft.reached.push('check_node_steps/yielded');
  return {
    ...task,
    processed: null,
    yielded: draft.now,
    failed: null,
    processing_error: null,
    finish_status: 'YIELDED',
    source: 'step processing',
  };
}

/** Of a run that was deleted meanwhile, the tasks are still there. */
function hasSteps(draft: Draft, flow_id: number, node: string): boolean {
  const flow = draft.flows.get(flow_id);
  if (flow) return nodeRunOf(flow, node).steps.size > 0;
  return draft.tasks.values().some(({ task_data: data }) => {
    return isFlowTask(data) && data.flow_id === flow_id && data.node === node && !isNode(data.step_arguments);
  });
}

function isLeftOut(draft: Draft, { only_these_nodes: only }: FlowRun, node: string): boolean {
  if (only === null || only.includes(node)) return false;
  if (!only.includes(null) || draft.documented.has('null-among-the-nodes-runs-steps-of-all')) return true;
  draft.reached.push('check_node_steps/null-among-the-nodes');
  return false;
}

/** `on_flow_task_complete`, after a statement that wrote these rows. */
export function afterTasks(draft: Draft, task_ids: readonly number[]): void {
  // As the statement wrote them: what an earlier trigger does is not asked.
  const firing = task_ids.filter((id) => fires(draft.tasks.get(id)!));
  for (const id of firing) {
    taskComplete(draft, id);
  }
}

const firingStatuses = new Set(['FINISHED', 'FAILED', 'TIMED_OUT', 'DOA']);

const fires = (task: Task) =>
  task.processed !== null &&
  task.tracked !== false &&
  isFlows(task) &&
  task.finish_status !== null &&
  firingStatuses.has(task.finish_status);

function taskComplete(draft: Draft, task_id: number): void {
  // As it is by now.
  const task = draft.tasks.get(task_id) as FlowTask;
  const flow = draft.flows.get(task.task_data.flow_id);
  // Somebody may have deleted it.
  if (!flow) return;
  if (flow.processed !== null) {
    draft.reached.push('task_complete/flow-is-done');
    return;
  }
  const { node, step_arguments } = task.task_data;
  if (isNode(step_arguments)) nodeComplete(draft, flow, task);
  else stepComplete(draft, flow, task, nodeRunOf(flow, node).openSteps === 0);
}

function stepComplete(draft: Draft, flow: FlowRun, task: FlowTask, isLast: boolean): void {
  const { node: name, step_arguments } = task.task_data;
  const node = draft.nodes.get(name);
  if (isLast) {
    const { task_id, failedSteps } = nodeRunOf(flow, name);
    const owner = taskOf(draft, task_id);
    if (!node || !owner || owner.processed !== null) {
      draft.reached.push('task_complete/last-step-of-no-open-node');
      return;
    }
    const hasFailed = node.all_steps_must_complete && failedSteps > 0;
    draft.reached.push(hasFailed ? 'task_complete/steps-failed' : 'task_complete/steps-done');
    finishInternal(draft, [owner.task_id], {
      status: hasFailed ? 'FAILED' : 'FINISHED',
      error_message: hasFailed ? `Steps did not complete from ${task.processing_error ?? ''}` : null,
    });
    return;
  }
  if (task.failed !== true || !node?.all_steps_must_complete) return;
  const others = stepsOf(draft, flow, name).filter(
    (step) => step.processed === null && step.task_id !== task.task_id,
  );
  draft.reached.push('task_complete/other-steps-failed');
  finishInternal(
    draft,
    others.map((each) => each.task_id),
    {
      status: 'FAILED',
      error_message: `Failed due to failure of node ${name} step ${jsonbText(step_arguments)} via ${task.processing_error ?? ''}`,
    },
  );
}

function nodeComplete(draft: Draft, flow: FlowRun, task: FlowTask): void {
  const { flow_id, node } = task.task_data;
  // Of a node that was deleted meanwhile, the steps go on.
  if (task.failed === true && draft.nodes.has(node)) {
    const open = stepsOf(draft, flow, node).filter((step) => step.processed === null);
    if (open.length > 0) {
      draft.reached.push('task_complete/steps-of-failed-node');
      finishInternal(
        draft,
        open.map((each) => each.task_id),
        {
          status: 'FAILED',
          error_message: `Failed due to failure of node ${node} via ${task.processing_error ?? ''}`,
        },
      );
    }
  }
  // Read live, not as it was when the run began; a node that left the flow has none, and SQL NULL goes on.
  const terminates = draft.configurations.get(flow.flow)!.nodes.get(node);
  if (task.failed === true && terminates !== false) {
    if (terminates === true) draft.reached.push('task_complete/terminates');
    // NOT NULL is no truth either.
    return;
  }
  pushChildren(draft, flow_id, node, task.task_id);
}

function pushChildren(draft: Draft, flow_id: number, node: string, task_id: number): void {
  const flow = draft.flows.get(flow_id)!;
  const eligible = new Map<RunType, NewTask[]>();
  for (const { child } of flow.dependencies.filter(({ parent }) => parent === node)) {
    const runType = runTypeOfChild(draft, flow, child);
    if (runType === undefined) continue;
    eligible.set(runType, [...(eligible.get(runType) ?? []), { node: child, step_arguments: {} }]);
  }
  for (const runType of groupsInOrder(draft, eligible, (task) => ({ flow_id, ...task }))) {
    draft.reached.push(`node_child_dependencies/${runType}`);
    const source = `node complete (from task_id ${task_id})`;
    pushFlowTasks(draft, flow_id, eligible.get(runType)!, runType, source);
  }
}

/** Nothing while a parent is not processed. */
function runTypeOfChild(draft: Draft, flow: FlowRun, child: string): RunType | undefined {
  const parents = flow.dependencies.filter((each) => each.child === child);
  let isDoomed = false;
  for (const { parent, continue_on_failure } of parents) {
    const task = taskOf(draft, nodeRunOf(flow, parent).task_id);
    if (!task || task.processed === null) return;
    isDoomed ||= task.failed === true && !continue_on_failure;
  }
  if (isDoomed) return 'DOA';
  return runTypeOf(draft.nodes.get(child)!.empty, flow.only_these_nodes, child);
}

/** SQL NULL among the names makes no difference here: a node that is not named is passed over. */
export function runTypeOf(
  isEmpty: boolean,
  only: readonly (string | null)[] | null,
  node: string,
): 'EMPTY' | 'EXECUTE' {
  if (isEmpty) return 'EMPTY';
  return only === null || only.includes(node) ? 'EXECUTE' : 'EMPTY';
}
