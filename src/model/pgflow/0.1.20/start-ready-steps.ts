/** `pgflow.start_ready_steps`. */
import { isRefusal } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import { send } from '../../pgmq/send.ts';
import { readySteps } from '../shared/ready-steps.ts';
import { type Draft, enqueue, type OpenRun, openState } from './draft.ts';

/** Starts every step that waits for nothing any more: one message and one task each. */
export function startReadySteps(draft: Draft, run: OpenRun): SqlError | undefined {
  const { run_id, flow_slug } = run;
  const ready = readySteps(draft, run.step_states);

  // The steps are looked up in order but started by a join, which promises none.
  for (const step_slug of draft.order(ready)) {
    const index = run.step_states.findIndex((state) => state.step_slug === step_slug);
    const own = openState(run, index);
    own.status = 'started';
    own.started_at = draft.now;

    const message_id = send(draft.pgmq, flow_slug, { flow_slug, run_id, step_slug, task_index: 0 });
    if (isRefusal(message_id)) return message_id;
    run.step_tasks.push({
      step_slug,
      message_id,
      status: 'queued',
      attempts_count: 0,
      error_message: null,
      output: undefined,
      queued_at: draft.now,
      completed_at: null,
      failed_at: null,
    });
    enqueue(draft, message_id, { run_id, step_slug });
  }
  return undefined;
}
