/** `pgflow.complete_task`. */
import { assert } from '../../kernel/assert.ts';
import type { NullableJsonb } from '../../kernel/jsonb.ts';
import { isRefusal } from '../../kernel/outcome.ts';
import { checkViolation, nullIdentifier, type SqlError } from '../../kernel/sql-error.ts';
import type { Row } from '../../kernel/transition.ts';
import { archiveMessages } from '../../pgmq/messages.ts';
import type { CompleteTask } from '../shared/commands.ts';
import { type Draft, dequeue, type OpenRun, openRun, openState, openTask } from './draft.ts';
import { maybeCompleteRun } from './maybe-complete-run.ts';
import { stepTaskRow } from './rows.ts';
import { startReadySteps } from './start-ready-steps.ts';

/** The task as it is now; no row where there is none. */
export function completeTask(draft: Draft, command: CompleteTask): readonly Row[] | SqlError {
  const run = openRun(draft, command.run_id);
  // Surprise: the queue to archive from is looked up by the run, and there is no queue without a name.
  if (!run) return nullIdentifier;

  const index =
    command.task_index === 0 ? run.step_tasks.findIndex((task) => task.step_slug === command.step_slug) : -1;
  if (index < 0) draft.reached.push('complete_task/no-such-task');
  else {
    const refusal = complete(draft, run, index, command.output);
    if (refusal) return refusal;
  }
  const task = run.step_tasks[index];

  const archived = archiveMessages(draft.pgmq, run.flow_slug, [task?.message_id ?? null]);
  if (isRefusal(archived)) return archived;
  assert(!startReadySteps(draft, run), 'the queue to send to is the one just archived from');
  maybeCompleteRun(draft, run);
  return task ? [stepTaskRow(run, task)] : [];
}

/** What happens to the task, its step, the run and the steps that wait for it. */
function complete(draft: Draft, run: OpenRun, index: number, output: NullableJsonb): SqlError | undefined {
  const { step_slug, status, message_id } = run.step_tasks[index]!;
  // Surprise: nothing asks whether the task is still queued; two constraints happen to stand in the way.
  if (status === 'failed') return checkViolation('completed_at_or_failed_at');
  if (status === 'completed') {
    return draft.asDocumented.has('completing-a-task-twice-is-refused')
      ? undefined
      : checkViolation('step_states_remaining_tasks_check');
  }

  const task = openTask(run, index);
  task.status = 'completed';
  task.completed_at = draft.now;
  task.output = output;
  dequeue(draft, message_id, { run_id: run.run_id, step_slug });
  draft.reached.push(run.status === 'failed' ? 'complete_task/in-a-failed-run' : 'complete_task/completed');

  const state = run.step_states.findIndex((state) => state.step_slug === step_slug);
  assert(run.step_states[state]?.remaining_tasks === 1, 'a step has one task');
  const own = openState(run, state);
  own.status = 'completed';
  own.completed_at = draft.now;
  own.remaining_tasks = 0;
  run.remaining_steps -= 1;

  // The dependencies are those of now; a step that was added after the run began has no state in it.
  const { deps } = draft.flows.get(run.flow_slug)!;
  for (const dep of deps) {
    if (dep.dep_slug !== step_slug) continue;
    const dependent = run.step_states.findIndex((state) => state.step_slug === dep.step_slug);
    if (dependent < 0) {
      draft.reached.push('complete_task/dependent-added-later');
      continue;
    }
    const remaining_deps = run.step_states[dependent]!.remaining_deps - 1;
    if (remaining_deps < 0) return checkViolation('step_states_remaining_deps_check');
    openState(run, dependent).remaining_deps = remaining_deps;
    draft.reached.push(
      remaining_deps === 0 ? 'complete_task/dependent-ready' : 'complete_task/dependent-waits',
    );
  }
  return undefined;
}
