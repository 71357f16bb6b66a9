/** `pgflow.complete_task`. */
import { assert } from '../../kernel/assert.ts';
import type { NullableJsonb } from '../../kernel/jsonb.ts';
import { isRefusal } from '../../kernel/outcome.ts';
import { checkViolation, type SqlError } from '../../kernel/sql-error.ts';
import type { Row } from '../../kernel/transition.ts';
import { archiveMessages } from '../../pgmq/messages.ts';
import type { CompleteTask } from '../shared/commands.ts';
import { announceStepCompleted } from './broadcasts.ts';
import { cascadeCompleteTasklessSteps } from './cascade-complete-taskless-steps.ts';
import { type Draft, indexOfState, type OpenRun, openRun, openState, openTask, stepOf } from './draft.ts';
import { maybeCompleteRun } from './maybe-complete-run.ts';
import { mapOutput } from './outputs.ts';
import { stepTaskRow } from './rows.ts';
import { startReadySteps } from './start-ready-steps.ts';
import type { Step, StepState } from './state.ts';
import { failForType, mapsThatWaitFor } from './type-violation.ts';

/** The task as it is now; no row where there is none, nor where its output has the wrong type. */
export function completeTask(draft: Draft, command: CompleteTask): readonly Row[] | SqlError {
  const { step_slug, task_index, output } = command;
  const run = openRun(draft, command.run_id);
  if (!run) {
    draft.reached.push('complete_task/no-such-run');
    return [];
  }
  if (run.status === 'failed') {
    draft.reached.push('complete_task/in-a-failed-run');
    return taskRows(run, step_slug, task_index);
  }
  const index = indexOfState(run, step_slug);
  const before = run.step_states[index]?.tasks[task_index ?? -1];
  // Surprise: the output is judged before anyone asks whether there is such a task, and whether it has started.
  const isJudged =
    before?.status === 'started' ||
    !draft.asDocumented.has('completing-a-task-that-is-not-started-can-fail-the-run');
  const waiting = Array.isArray(output) || !isJudged ? [] : mapsThatWaitFor(draft, run, step_slug);
  if (waiting.length > 0) return failForType(draft, run, command, waiting) ?? [];

  if (before?.status === 'started') {
    const refusal = complete(draft, run, index, task_index!, output);
    if (refusal) return refusal;
  } else draft.reached.push(`complete_task/${before ? `task-${before.status}` : 'no-such-task'}`);

  const state = run.step_states[index];
  const announcesAgain = !draft.asDocumented.has('completing-a-task-twice-announces-its-step-again');
  if (state?.status === 'completed' && (before?.status === 'started' || announcesAgain)) {
    // Surprise: a late callback announces its step again, and of a single step it is the late output.
    if (before?.status !== 'started') draft.reached.push('complete_task/announced-again');
    const { step_type } = stepOf(draft, run.flow_slug, step_slug)!;
    announceStepCompleted(draft, run, state, step_type === 'map' ? mapOutput(state) : output);
    const refusal = cascadeCompleteTasklessSteps(draft, run);
    if (refusal) return refusal;
  }
  const task = state?.tasks[task_index ?? -1];
  if (task?.status === 'completed') {
    const archived = archiveMessages(draft.pgmq, run.flow_slug, [task.message_id]);
    if (isRefusal(archived)) return archived;
  }
  assert(!startReadySteps(draft, run), 'a step becomes ready by a task whose queue was just archived from');
  maybeCompleteRun(draft, run);
  return taskRows(run, step_slug, task_index);
}

export function taskRows(run: OpenRun, step_slug: string | null, task_index: number | null): readonly Row[] {
  const state = run.step_states[indexOfState(run, step_slug)];
  const task = state?.tasks[task_index ?? -1];
  return state && task ? [stepTaskRow(run, state, task_index!, task)] : [];
}

/** What happens to the task, its step, the run and the steps that wait for it. */
function complete(
  draft: Draft,
  run: OpenRun,
  index: number,
  task_index: number,
  output: NullableJsonb,
): SqlError | undefined {
  const own = openState(draft, run, index);
  const task = openTask(own, task_index);
  task.status = 'completed';
  task.completed_at = draft.now;
  task.output = output;
  own.remaining_tasks! -= 1;
  if (own.remaining_tasks !== 0) return void draft.reached.push('complete_task/tasks-remain');
  own.status = 'completed';
  own.completed_at = draft.now;
  run.remaining_steps -= 1;
  draft.reached.push('complete_task/step-completed');

  // The dependencies are those of now; a step that was added after the run began has no state in it.
  const step = stepOf(draft, run.flow_slug, own.step_slug)!;
  for (const dep of draft.flows.get(run.flow_slug)!.deps) {
    if (dep.dep_slug !== own.step_slug) continue;
    const dependent = indexOfState(run, dep.step_slug);
    if (dependent < 0) {
      draft.reached.push('complete_task/dependent-added-later');
      continue;
    }
    const refusal = release(draft, run, dependent, step, own, output);
    if (refusal) return refusal;
  }
  return undefined;
}

/** One dependency fewer for a step; a map learns how many tasks it will have. */
function release(
  draft: Draft,
  run: OpenRun,
  index: number,
  parent: Step,
  parentState: StepState,
  output: NullableJsonb,
): SqlError | undefined {
  const dependent = openState(draft, run, index);
  dependent.remaining_deps -= 1;
  if (dependent.remaining_deps < 0) return checkViolation('step_states_remaining_deps_check');
  draft.reached.push(
    dependent.remaining_deps === 0 ? 'complete_task/dependent-ready' : 'complete_task/dependent-waits',
  );
  // Only a map that depends on another step does not know.
  if (dependent.initial_tasks !== null) return undefined;
  const fromMap = parent.step_type === 'map';
  dependent.initial_tasks = fromMap ? parentState.tasks.length : (output as readonly unknown[]).length;
  draft.reached.push(fromMap ? 'complete_task/map-after-map' : 'complete_task/map-after-single');
  return undefined;
}
