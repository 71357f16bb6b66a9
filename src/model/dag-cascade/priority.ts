/** Another priority for runs and steps under way. */
import { type FlowTask, isFlows, isNode, openRunsOf, putFlow, putTask, startedBy, tasksOf } from './draft.ts';
import type { Draft } from './state.ts';

function setTaskPriorities(draft: Draft, tasks: readonly FlowTask[], priority: number): void {
  for (const task of tasks) {
    if (task.processed === null && task.priority !== priority) putTask(draft, { ...task, priority });
  }
}

/** `flow.set_priority`. A flow that had none keeps none: what comes later runs as before. */
export function setPriority(draft: Draft, flow_id: number | null, priority: number | null): void {
  const flow = flow_id === null ? undefined : draft.flows.get(flow_id);
  if (!flow || flow.processed !== null || priority === null) return;
  const isKept =
    flow.force_priority !== null || draft.documented.has('a-new-priority-is-lost-for-later-tasks');
  if (isKept && flow.force_priority !== priority) {
    putFlow(draft, { ...flow, force_priority: priority });
  } else draft.reached.push('set_priority/not-kept');
  setTaskPriorities(draft, tasksOf(draft, flow), priority);
  for (const child of startedBy(draft, 'flow', flow.flow_id)) {
    setTaskPriorities(draft, tasksOf(draft, child), priority);
  }
}

/** `flow.set_step_priority`, and of the flow that the step has started. */
export function setStepPriority(
  draft: Draft,
  flow_id: number | null,
  task_id: number | null,
  priority: number | null,
): void {
  const flow = flow_id === null ? undefined : draft.flows.get(flow_id);
  if (!flow || flow.processed !== null || task_id === null) return;
  const task = draft.tasks.get(task_id);
  if (
    isFlows(task) &&
    task.task_data.flow_id === flow_id &&
    !isNode(task.task_data.step_arguments) &&
    priority !== null
  ) {
    setTaskPriorities(draft, [task], priority);
  }
  for (const child of openRunsOf(draft, flow.flow_id)) {
    if (child.parent_task_id === task_id) setPriority(draft, child.flow_id, priority);
  }
}
