/** What the views show of one run. */
import type { Row } from '../kernel/transition.ts';
import { type FlowTask, isNode, nodeRunOf, stepsOf, taskOf, tasksOf } from './draft.ts';
import { countsOf } from './flows.ts';
import { taskRow } from './rows.ts';
import type { Draft, FlowRun, Task } from './state.ts';
import { intervalPretty } from './values.ts';

const runOf = (draft: Draft, flow_id: number | null): FlowRun | undefined =>
  flow_id === null ? undefined : draft.flows.get(flow_id);

/** `flow.v_flow_task`: also of a run that was deleted. */
export function flowTasks(draft: Draft, flow_id: number | null): Row[] {
  const run = runOf(draft, flow_id);
  const tasks = run ? tasksOf(draft, run) : orphansOf(draft, flow_id);
  return tasks.map((task) => {
    const { node, step_arguments } = task.task_data;
    return { flow_id, node, step_arguments, is_node: isNode(step_arguments), ...taskRow(task) };
  });
}

const orphansOf = (draft: Draft, flow_id: number | null): FlowTask[] =>
  draft.tasks
    .values()
    .filter((task): task is FlowTask => 'flow_id' in task.task_data && task.task_data.flow_id === flow_id);

/** `flow.v_flow_node_status`: of the nodes that the flow is configured to have by now. */
export function nodeStatus(draft: Draft, flow_id: number | null): Row[] {
  const run = runOf(draft, flow_id);
  if (!run) return [];
  const names = [...draft.configurations.get(run.flow)!.nodes.keys()];
  return names.sort().map((node) => statusOfNode(draft, run, node));
}

function statusOfNode(draft: Draft, run: FlowRun, name: string): Row {
  const { target, all_steps_must_complete } = draft.nodes.get(name)!;
  const task = taskOf(draft, nodeRunOf(run, name).task_id);
  const steps = stepsOf(draft, run, name).map((step) => statusOfStep(draft, step));
  const count = (...wanted: string[]) => steps.filter((status) => wanted.includes(status)).length;
  const { consumed = null, processed = null, yielded = null } = task ?? {};
  return {
    flow_id: run.flow_id,
    flow: run.flow,
    node: name,
    target,
    started: consumed,
    finished: processed,
    status: wordOfNode(draft, run, task, steps.length),
    steps: steps.length,
    steps_pending: count('Pending'),
    steps_running: count('Running', 'Running Async'),
    steps_finished: count('Finished'),
    steps_failed: count('Failed'),
    all_steps_must_complete,
    run_time: consumed === null ? '' : intervalPretty((processed ?? draft.now) - consumed),
    changed: greatest(consumed, processed, yielded),
    in_progress: consumed !== null && processed === null,
  };
}

const greatest = (...instants: (number | null)[]): number | null => {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** Surprise: what was canceled has failed, but for what had not begun when the run was over. */
function wordOfNode(
  { documented }: Draft,
  { processed }: FlowRun,
  task: Task | undefined,
  steps: number,
): string {
  if (task?.finish_status === 'FINISHED') return 'Finished';
  const isTold = documented.has('a-canceled-node-is-shown-as-failed');
  if (isTold && task?.finish_status === 'CANCELED') return 'Cancelled';
  if (task && task.processed !== null) return 'Failed';
  if (processed !== null && (task?.consumed ?? null) === null) return 'Cancelled';
  if (!task) return 'Pending';
  if (task.yielded !== null) return steps > 0 ? 'Running Steps' : 'Running Async';
  return task.consumed === null ? 'Unknown' : 'Running';
}

/** Surprise: what was canceled before it began is pending. */
function statusOfStep({ documented }: Draft, step: Task): string {
  const { consumed, processed, asynchronous_finish, finish_status } = step;
  const isOver = processed !== null && documented.has('steps-canceled-in-time-are-shown-as-pending');
  if (consumed === null && !isOver) return 'Pending';
  if (processed === null) return asynchronous_finish ? 'Running Async' : 'Running';
  return finish_status === 'FINISHED' ? 'Finished' : 'Failed';
}

/** `flow.v_flow_status`: as it was counted when the run was over, else as it is now. */
export function flowStatus(draft: Draft, flow_id: number | null): Row[] {
  const run = runOf(draft, flow_id);
  if (!run) return [];
  const { flow, processed, created, arguments: args } = run;
  const { count_nodes, count_finished_nodes, count_failed_nodes, first_error } =
    run.count_nodes === null ? countsOf(draft, run) : run;
  return [
    {
      flow_id,
      flow,
      complete: processed === null ? 'No' : 'Yes',
      run_time: intervalPretty((processed ?? draft.now) - created),
      count_nodes,
      count_finished_nodes,
      count_failed_nodes,
      arguments: args,
      first_error,
    },
  ];
}
