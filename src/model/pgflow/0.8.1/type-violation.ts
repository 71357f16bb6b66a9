/** The part of `pgflow.complete_task` that fails a run whose next map was given no array. */
import { refusalOf } from '../../kernel/outcome.ts';
import { checkViolation, type SqlError } from '../../kernel/sql-error.ts';
import { archiveMessages } from '../../pgmq/messages.ts';
import type { CompleteTask } from '../shared/commands.ts';
import { announceRunFailed, announceStepFailed } from './broadcasts.ts';
import { type Draft, dequeue, indexOfState, type OpenRun, openState, openTask, stepOf } from './draft.ts';
import { jsonbTypeof } from './jsonb-typeof.ts';
import type { StepState } from './state.ts';

/** The maps of the run that a single step is to tell how many tasks they have. */
export function mapsThatWaitFor(draft: Draft, run: OpenRun, step_slug: string | null): string[] {
  const { deps } = draft.flows.get(run.flow_slug)!;
  if (stepOf(draft, run.flow_slug, step_slug)?.step_type !== 'single') return [];
  return (
    deps
      .filter((dep) => dep.dep_slug === step_slug)
      .map((dep) => dep.step_slug)
      // Only a map that depends on another step is without a number.
      .filter((slug) => run.step_states[indexOfState(run, slug)]?.initial_tasks === null)
  );
}

export function failForType(
  draft: Draft,
  run: OpenRun,
  command: CompleteTask,
  waiting: readonly string[],
): SqlError | undefined {
  const { step_slug, task_index, output } = command;
  // One of them is named, whichever the SQL finds first.
  const [map] = draft.order(waiting, 'maps');
  if (waiting.length > 1) draft.reached.push('complete_task/type-violation-for-several');
  const type = jsonbTypeof(output);

  const error_message = `[TYPE_VIOLATION] Map step ${map} expects array input but dependency ${step_slug} produced ${type}`;

  run.status = 'failed';
  run.failed_at = draft.now;
  const saysWhy = draft.asDocumented.has('type-violations-are-announced-without-an-error');
  announceRunFailed(draft, run, saysWhy ? { error_message } : {});
  const refusal = archiveActive(draft, run);
  if (refusal) return refusal;

  const index = indexOfState(run, step_slug);
  if (index >= 0) {
    const own = openState(draft, run, index);
    // It was completed before the map was made to wait for it.
    if (own.status === 'completed') return checkViolation('completed_at_or_failed_at');
    own.status = 'failed';
    own.failed_at = draft.now;
    own.error_message = error_message;
    const before = own.tasks[task_index ?? -1];
    if (before) {
      if (before.status === 'queued') {
        dequeue(draft, run.flow_slug, before.message_id, {
          run_id: run.run_id,
          step_slug: own.step_slug,
          task_index: task_index!,
        });
      }
      draft.reached.push(`complete_task/type-violation-of-${before.status}`);
      const task = openTask(own, task_index!);
      task.status = 'failed';
      task.failed_at = draft.now;
      task.output = output;
      task.error_message = `[TYPE_VIOLATION] Produced ${type} instead of array`;
    }
    // Surprise: there need not be such a task, so a callback for nothing fails the whole run.
    else draft.reached.push('complete_task/type-violation-of-no-task');
  }
  // Surprise: not even the step need be part of the run.
  else draft.reached.push('complete_task/type-violation-of-no-step');
  announceStepFailed(draft, run, step_slug!, error_message);
  failActive(draft, run);
  return undefined;
}

/** Archives the message of every task that waits or is under way; the tasks stay as they are. */
export function archiveActive(draft: Draft, run: OpenRun): SqlError | undefined {
  const active = run.step_states.flatMap((state: StepState) =>
    state.tasks.filter((task) => task.status === 'queued' || task.status === 'started'),
  );
  if (active.length === 0) return undefined;
  const ids = active.map((task) => task.message_id);
  const archived = archiveMessages(draft.pgmq, run.flow_slug, ids);
  return refusalOf(archived);
}

/** As documented: no task of a run that has failed is left to wait, or to be worked on. */
export function failActive(draft: Draft, run: OpenRun): void {
  if (!draft.asDocumented.has('failed-runs-leave-tasks-behind')) return;
  const { run_id, flow_slug } = run;
  for (const [index, { step_slug, tasks }] of run.step_states.entries()) {
    for (const [task_index, { status, message_id }] of tasks.entries()) {
      if (status !== 'queued' && status !== 'started') continue;
      if (status === 'queued') dequeue(draft, flow_slug, message_id, { run_id, step_slug, task_index });
      const task = openTask(openState(draft, run, index), task_index);
      task.status = 'failed';
      task.failed_at = draft.now;
    }
  }
}
