/** A run deleted by hand: no function does it, its rows go from the three tables at once. */
import type { DeleteRun } from './commands.ts';
import { type Draft, dequeue } from './draft.ts';
import type { Run } from './state.ts';

/** Surprise: nothing takes its messages along; they are read, and no task is found behind them. */
export function deleteRun(draft: Draft, { run_id }: DeleteRun): readonly Run[] {
  const run = run_id === null ? undefined : draft.runs.get(run_id);
  if (!run) {
    draft.reached.push('delete_run/no-such-run');
    return [];
  }
  for (const { step_slug, tasks } of run.step_states) {
    for (const [task_index, { status, message_id }] of tasks.entries()) {
      if (status !== 'queued') continue;
      dequeue(draft, run.flow_slug, message_id, { run_id: run.run_id, step_slug, task_index });
    }
  }
  draft.runs = draft.runs.delete(run.run_id);
  draft.reached.push('delete_run/deleted');
  return [run];
}
