/** State as the rows that SQL returns: the columns of each table, in their order. */
import type { Message } from '../../pgmq/state.ts';
import type { MessageRecord, Run, Step, StepState, StepTask } from './state.ts';

export { depRow, flowRow, runRow } from '../shared/rows.ts';

export const stepRow = (flow_slug: string, step: Step) => ({
  flow_slug,
  step_slug: step.step_slug,
  step_type: 'single',
  step_index: step.step_index,
  deps_count: step.deps_count,
  opt_max_attempts: step.opt_max_attempts,
  opt_base_delay: step.opt_base_delay,
  opt_timeout: step.opt_timeout,
  created_at: step.created_at,
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
});

export const stepTaskRow = (run: Run, task: StepTask) => ({
  flow_slug: run.flow_slug,
  run_id: run.run_id,
  step_slug: task.step_slug,
  message_id: task.message_id,
  task_index: 0,
  status: task.status,
  attempts_count: task.attempts_count,
  error_message: task.error_message,
  output: task.output,
  queued_at: task.queued_at,
  completed_at: task.completed_at,
  failed_at: task.failed_at,
});

/** What `read_with_poll` returns, five values put into the columns of a type by position. */
export function messageRow(read: Message, messageRecord: MessageRecord) {
  const { msg_id, read_ct, enqueued_at, vt, message } = read;
  const first = { msg_id, read_ct, enqueued_at };
  if (messageRecord === 'as in pgmq 1.4') return { ...first, vt, message };
  // Only a message that is SQL NULL gets this far: it stands in `vt`, and nothing in the columns behind.
  return { ...first, last_read_at: vt, vt: null, message: undefined, headers: undefined };
}
