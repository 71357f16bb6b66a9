/** State as rows, in the order of the columns; later releases append theirs. */
import type { Dependency, FlowOf, StepColumns } from './flow.ts';
import type { RunColumns, StepStateColumns, StepTaskColumns } from './run.ts';

export const flowRow = (flow: FlowOf<unknown>) => ({
  flow_slug: flow.flow_slug,
  opt_max_attempts: flow.opt_max_attempts,
  opt_base_delay: flow.opt_base_delay,
  opt_timeout: flow.opt_timeout,
  created_at: flow.created_at,
});

export const stepRow = (flow_slug: string, step: StepColumns, step_type: string) => ({
  flow_slug,
  step_slug: step.step_slug,
  step_type,
  step_index: step.step_index,
  deps_count: step.deps_count,
  opt_max_attempts: step.opt_max_attempts,
  opt_base_delay: step.opt_base_delay,
  opt_timeout: step.opt_timeout,
  created_at: step.created_at,
});

export const depRow = (flow_slug: string, dep: Dependency) => ({
  flow_slug,
  dep_slug: dep.dep_slug,
  step_slug: dep.step_slug,
  created_at: dep.created_at,
});

export const runRow = (run: RunColumns) => ({
  run_id: run.run_id,
  flow_slug: run.flow_slug,
  status: run.status,
  input: run.input,
  output: run.output,
  remaining_steps: run.remaining_steps,
  started_at: run.started_at,
  completed_at: run.completed_at,
  failed_at: run.failed_at,
});

export const stepStateRow = (
  run: RunColumns,
  state: StepStateColumns & { readonly remaining_tasks: number | null },
) => ({
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
});

export const stepTaskRow = (
  run: RunColumns,
  step_slug: string,
  task_index: number,
  task: StepTaskColumns & { readonly status: string },
) => ({
  flow_slug: run.flow_slug,
  run_id: run.run_id,
  step_slug,
  message_id: task.message_id,
  task_index,
  status: task.status,
  attempts_count: task.attempts_count,
  error_message: task.error_message,
  output: task.output,
  queued_at: task.queued_at,
  completed_at: task.completed_at,
  failed_at: task.failed_at,
});
