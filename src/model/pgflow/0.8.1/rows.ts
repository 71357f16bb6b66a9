/** State as the rows that SQL returns: the columns of each table, in their order. */
import type { Run, Step, StepState, StepTask } from './state.ts';

export { depRow, flowRow, runRow } from '../shared/rows.ts';

export const stepRow = (flow_slug: string, step: Step) => ({
  flow_slug,
  step_slug: step.step_slug,
  step_type: step.step_type,
  step_index: step.step_index,
  deps_count: step.deps_count,
  opt_max_attempts: step.opt_max_attempts,
  opt_base_delay: step.opt_base_delay,
  opt_timeout: step.opt_timeout,
  created_at: step.created_at,
  opt_start_delay: step.opt_start_delay,
});

export const stepStateRow = (run: Run, state: StepState) => ({
  flow_slug: run.flow_slug,
  run_id: run.run_id,
  step_slug: state.step_slug,
  status: state.status,
  remaining_tasks: state.remaining_tasks,
  remaining_deps: state.remaining_deps,
  created_at: state.created_at,
  started_at: state.started_at,
  completed_at: state.completed_at,
  failed_at: state.failed_at,
  error_message: state.error_message,
  initial_tasks: state.initial_tasks,
});

export const stepTaskRow = (run: Run, state: StepState, task_index: number, task: StepTask) => ({
  flow_slug: run.flow_slug,
  run_id: run.run_id,
  step_slug: state.step_slug,
  message_id: task.message_id,
  task_index,
  status: task.status,
  attempts_count: task.attempts_count,
  error_message: task.error_message,
  output: task.output,
  queued_at: task.queued_at,
  completed_at: task.completed_at,
  failed_at: task.failed_at,
  started_at: task.started_at,
  last_worker_id: task.last_worker_id,
});
