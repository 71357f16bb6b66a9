/** Runs begun again, from a node on. */
import { notNullViolation, raised } from '../kernel/sql-error.ts';
import { deleteTask, inOrder, isNode, nodeRunOf, putFlow, putTask, tasksOf } from './draft.ts';
import { pushRoots } from './flows.ts';
import { trackPools } from './push-tasks.ts';
import { refuse } from './refusal.ts';
import type { Draft } from './state.ts';
import { nodesBelow } from './walk-flow.ts';

/** `flow.restart_flow`. */
export function restartFlow(draft: Draft, flow_id: number | null, node: string | null): void {
  const flow = flow_id === null ? undefined : draft.flows.get(flow_id);
  if (!flow || flow.processed === null) {
    refuse(raised(`Flow ${flow_id ?? ''} does not exist or is not finished`));
  }
  putFlow(draft, { ...flow, processed: null, ...forgottenCounts(draft) });
  const below = node === null ? undefined : nodesBelow(draft.configurations.get(flow.flow)!, node);
  for (const task of tasksOf(draft, flow)) {
    const { node: name, step_arguments } = task.task_data;
    if (below && !(below.has(name) && (!isNode(step_arguments) || name !== node))) continue;
    deleteTask(draft, task);
  }
  if (node === null) {
    draft.reached.push('restart_flow/without-node');
    if (!draft.documented.has('restarting-a-whole-flow-runs-nothing')) return;
    pushRoots(draft, draft.flows.get(flow.flow_id)!, [...draft.configurations.get(flow.flow)!.nodes.keys()]);
    return;
  }
  const now = draft.flows.get(flow.flow_id)!;
  const run = nodeRunOf(now, node);
  const ids = [...(run.task_id === undefined ? [] : [run.task_id]), ...run.steps.values()];
  for (const id of inOrder(
    draft,
    ids.sort((a, b) => a - b),
    'restarted',
  )) {
    restartTask(draft, id);
  }
}

/** Surprise: they stay, and are shown while the run goes on. */
const forgottenCounts = ({ documented }: Draft) =>
  documented.has('a-restarted-flow-shows-old-counts')
    ? { count_nodes: null, count_finished_nodes: null, count_failed_nodes: null, first_error: null }
    : {};

function restartTask(draft: Draft, task_id: number): void {
  const task = draft.tasks.get(task_id)!;
  // No row was changed, and the pool of none is SQL NULL.
  if (task.processed === null) refuse(notNullViolation('concurrency_pool'));
  draft.reached.push('restart_flow/restarted');
  putTask(draft, {
    ...task,
    processed: null,
    yielded: null,
    consumed: null,
    eligible_when: null,
    finish_status: null,
    source: 'async.restart_task',
    processing_error: null,
    tracked: false,
    times_up: null,
    // Surprise: `failed` is left as it was.
    ...(draft.documented.has('a-restarted-task-still-counts-as-failed') && { failed: null }),
  });
  trackPools(draft, [task.concurrency_pool]);
}
