/** `pgflow.start_ready_steps`. */
import { assert } from '../../kernel/assert.ts';
import { isRefusal } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import { sendBatch } from '../../pgmq/send.ts';
import { readySteps } from '../shared/ready-steps.ts';
import { announceStepStarted } from './broadcasts.ts';
import { type Draft, enqueue, indexOfState, type OpenRun, openState, stepOf } from './draft.ts';

/** Starts every step that waits for nothing any more: a message and a task for each element, or just one. */
export function startReadySteps(draft: Draft, run: OpenRun): SqlError | undefined {
  if (run.status === 'failed') return void draft.reached.push('start_ready_steps/run-failed');
  const ready = readySteps(draft, run.step_states);

  // Looked up in order but started by a join, which promises none, and sent by a grouping, which promises none either.
  for (const step_slug of draft.order(ready, 'step:started')) {
    const own = openState(draft, run, indexOfState(run, step_slug));
    assert(own.initial_tasks, 'what has no tasks was completed by the cascade');
    own.status = 'started';
    own.started_at = draft.now;
    own.remaining_tasks = own.initial_tasks;
    announceStepStarted(draft, run, own);
  }
  for (const step_slug of draft.order(ready, 'messages')) {
    const refusal = sendTasks(draft, run, step_slug);
    if (refusal) return refusal;
  }
  return undefined;
}

function sendTasks(draft: Draft, run: OpenRun, step_slug: string): SqlError | undefined {
  const { run_id, flow_slug } = run;
  const own = openState(draft, run, indexOfState(run, step_slug));
  const delay = stepOf(draft, flow_slug, step_slug)!.opt_start_delay ?? 0;
  if (delay > 0) draft.reached.push('start_ready_steps/delayed');
  if (own.initial_tasks! > 1) draft.reached.push('start_ready_steps/many-tasks');

  const messages = Array.from({ length: own.initial_tasks! }, (_, task_index) => ({
    flow_slug,
    run_id,
    step_slug,
    task_index,
  }));
  const ids = sendBatch(draft.pgmq, flow_slug, messages, null, delay);
  if (isRefusal(ids)) return ids;
  for (const [task_index, message_id] of ids.entries()) {
    own.tasks.push({
      message_id,
      status: 'queued',
      attempts_count: 0,
      error_message: null,
      output: undefined,
      queued_at: draft.now,
      started_at: null,
      completed_at: null,
      failed_at: null,
      last_worker_id: null,
    });
    enqueue(draft, flow_slug, message_id, { run_id, step_slug, task_index });
  }
  return undefined;
}
