/** `pgflow.fail_task`. */
import { isRefusal, refusalOf } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import type { Row } from '../../kernel/transition.ts';
import { archiveMessages, setVt } from '../../pgmq/messages.ts';
import { calculateRetryDelay } from '../shared/calculate-retry-delay.ts';
import type { FailTask } from '../shared/commands.ts';
import { retryOptions } from '../shared/retry-options.ts';
import { announceRunFailed, announceStepFailed } from './broadcasts.ts';
import { taskRows } from './complete-task.ts';
import {
  type Draft,
  enqueue,
  indexOfState,
  type OpenRun,
  openRun,
  openState,
  openTask,
  stepOf,
} from './draft.ts';
import type { StepTask } from './state.ts';
import { archiveActive, failActive } from './type-violation.ts';

/** The task as it is now; no row where there is none. */
export function failTask(draft: Draft, command: FailTask): readonly Row[] | SqlError {
  const { step_slug, task_index, error_message } = command;
  const run = openRun(draft, command.run_id);
  if (!run) {
    draft.reached.push('fail_task/no-such-run');
    return [];
  }
  const index = indexOfState(run, step_slug);
  const before = run.step_states[index]?.tasks[task_index ?? -1];
  if (!before) {
    draft.reached.push('fail_task/no-such-task');
    return [];
  }
  const failed = () => {
    const task = openTask(openState(draft, run, index), task_index!);
    task.status = 'failed';
    task.failed_at = draft.now;
    task.error_message = error_message;
  };

  if (run.status === 'failed') {
    draft.reached.push(`fail_task/in-a-failed-run-task-${before.status}`);
    if (before.status === 'started') failed();
    const refusal = archive(draft, run, before);
    if (refusal) return refusal;
    return taskRows(run, step_slug, task_index);
  }

  const options = retryOptions(draft.flows.get(run.flow_slug)!, stepOf(draft, run.flow_slug, step_slug));
  draft.reached.push(`fail_task/task-${before.status}`);
  if (before.status === 'started' && before.attempts_count >= options.max_attempts) {
    failed();
    const own = openState(draft, run, index);
    own.status = 'failed';
    own.failed_at = draft.now;
    own.error_message = error_message;
    run.status = 'failed';
    run.failed_at = draft.now;
    draft.reached.push('fail_task/run-failed');
    announceStepFailed(draft, run, own.step_slug, error_message);
    announceRunFailed(draft, run, { error_message });
    // Surprise: the other tasks of the run stay queued or started, without their messages.
    const refusal = archiveActive(draft, run) ?? archive(draft, run, before);
    if (refusal) return refusal;
    failActive(draft, run);
    return taskRows(run, step_slug, task_index);
  }
  if (before.status === 'started') retry(draft, run, index, command);
  // Surprise: a task that has not started is none the worse for failing, but its message is put off.
  const putsOff = before.status === 'queued' && !draft.asDocumented.has('failing-a-queued-task-puts-it-off');
  if (before.status === 'started' || putsOff) {
    // Surprise: the attempt that failed counts as well, so the first retry waits twice the base delay.
    const spared = draft.asDocumented.has('retries-wait-twice-as-long') ? 1 : 0;
    const doublings = Math.max(before.attempts_count - spared, 0);
    const delay = calculateRetryDelay(options.base_delay, doublings);
    if (isRefusal(delay)) return delay;
    const moved = setVt(draft.pgmq, run.flow_slug, [before.message_id], delay);
    if (isRefusal(moved)) return moved;
    if (moved.length === 0) draft.reached.push('fail_task/retry-without-message');
  }
  return taskRows(run, step_slug, task_index);
}

/** Sends the task back to the queue. */
function retry(draft: Draft, run: OpenRun, index: number, { task_index, error_message }: FailTask): void {
  const own = openState(draft, run, index);
  const task = openTask(own, task_index!);
  task.status = 'queued';
  task.started_at = null;
  task.error_message = error_message;
  enqueue(draft, run.flow_slug, task.message_id, {
    run_id: run.run_id,
    step_slug: own.step_slug,
    task_index: task_index!,
  });
  draft.reached.push('fail_task/retried');
}

function archive(draft: Draft, run: OpenRun, { message_id }: StepTask): SqlError | undefined {
  const archived = archiveMessages(draft.pgmq, run.flow_slug, [message_id]);
  return refusalOf(archived);
}
