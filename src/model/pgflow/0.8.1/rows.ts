/** State as the rows that SQL returns: the columns of each table, in their order. */
import * as shared from '../shared/rows.ts';
import type { Run, Step, StepState, StepTask } from './state.ts';

export { depRow, flowRow, runRow } from '../shared/rows.ts';

// Assigned to the new row, not spread into another: spreads here cost a fifth of the commands per second.

export const stepRow = (flow_slug: string, step: Step) =>
  Object.assign(shared.stepRow(flow_slug, step, step.step_type), { opt_start_delay: step.opt_start_delay });

export const stepStateRow = (run: Run, state: StepState) =>
  Object.assign(shared.stepStateRow(run, state), {
    error_message: state.error_message,
    initial_tasks: state.initial_tasks,
  });

export const stepTaskRow = (run: Run, state: StepState, task_index: number, task: StepTask) =>
  Object.assign(shared.stepTaskRow(run, state.step_slug, task_index, task), {
    started_at: task.started_at,
    last_worker_id: task.last_worker_id,
  });
