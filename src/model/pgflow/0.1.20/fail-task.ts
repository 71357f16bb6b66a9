/** `pgflow.fail_task`. */
import { isRefusal } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import type { Row } from '../../kernel/transition.ts';
import { archiveMessages, setVt } from '../../pgmq/messages.ts';
import { calculateRetryDelay } from '../shared/calculate-retry-delay.ts';
import type { FailTask } from '../shared/commands.ts';
import { retryOptions } from '../shared/retry-options.ts';
import { type Draft, dequeue, type OpenRun, openRun, openState, openTask } from './draft.ts';
import { stepTaskRow } from './rows.ts';

/** The task as it is now; no row where there is none. */
export function failTask(draft: Draft, command: FailTask): readonly Row[] | SqlError {
  const run = openRun(draft, command.run_id);
  if (!run) {
    draft.reached.push('fail_task/no-such-run');
    return [];
  }
  const index =
    command.task_index === 0 ? run.step_tasks.findIndex((task) => task.step_slug === command.step_slug) : -1;
  if (index < 0) draft.reached.push('fail_task/no-such-task');
  const flow = draft.flows.get(run.flow_slug)!;
  const step = flow.steps.find((step) => step.step_slug === command.step_slug);
  const options = retryOptions(flow, step);

  const runFails = run.step_tasks[index]?.status === 'queued' && fail(draft, run, index, command, options);
  if (runFails) {
    run.status = 'failed';
    run.failed_at = draft.now;
  } else {
    // Surprise: whenever this call does not fail the run, the time at which it failed before is forgotten.
    if (run.failed_at !== null) draft.reached.push('fail_task/run-forgets-when-it-failed');
    run.failed_at = null;
  }

  const task = run.step_tasks[index];
  if (!task) return [];
  if (task.status === 'queued') {
    const delay = calculateRetryDelay(options.base_delay, task.attempts_count);
    if (isRefusal(delay)) return delay;
    const moved = setVt(draft.pgmq, run.flow_slug, [task.message_id], delay);
    if (isRefusal(moved)) {
      draft.reached.push('fail_task/no-queue-to-retry-in');
      return moved;
    }
    if (moved.length === 0) draft.reached.push('fail_task/retry-without-message');
  }
  if (task.status === 'failed') {
    const archived = archiveMessages(draft.pgmq, run.flow_slug, [task.message_id]);
    if (isRefusal(archived)) {
      draft.reached.push('fail_task/no-queue-to-archive-in');
      return archived;
    }
  }
  return [stepTaskRow(run, task)];
}

/** Sends a queued task back or, when its attempts are used up, fails it and its step. True where the run fails. */
function fail(
  draft: Draft,
  run: OpenRun,
  index: number,
  { error_message }: FailTask,
  options: { max_attempts: number },
): boolean {
  const { step_slug, attempts_count, message_id } = run.step_tasks[index]!;
  if (attempts_count < options.max_attempts) {
    openTask(run, index).error_message = error_message;
    draft.reached.push('fail_task/retried');
    return false;
  }
  const task = openTask(run, index);
  task.status = 'failed';
  task.failed_at = draft.now;
  task.error_message = error_message;
  dequeue(draft, message_id, { run_id: run.run_id, step_slug });
  const state = run.step_states.findIndex((state) => state.step_slug === step_slug);
  const own = openState(run, state);
  own.status = 'failed';
  own.failed_at = draft.now;
  draft.reached.push(run.status === 'failed' ? 'fail_task/in-a-failed-run' : 'fail_task/failed');
  return true;
}
