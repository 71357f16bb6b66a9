/** `pgflow.maybe_complete_run`. */
import { assert } from '../../kernel/assert.ts';
import { jsonbObject, toJsonb } from '../../kernel/jsonb.ts';
import { announceRunCompleted } from './broadcasts.ts';
import { type Draft, type OpenRun, stepOf } from './draft.ts';
import { outputOf } from './outputs.ts';

/** Completes a run without remaining steps; its output holds what the steps on which no other depends gave. */
export function maybeCompleteRun(draft: Draft, run: OpenRun): void {
  if (run.remaining_steps !== 0) return void draft.reached.push('maybe_complete_run/steps-remain');
  if (run.status === 'completed') return void draft.reached.push('maybe_complete_run/completed-before');
  assert(run.status === 'started', 'a failed run has a step that did not complete, and so remaining steps');

  // The dependencies are those of now, not those at the start of the run.
  const { deps } = draft.flows.get(run.flow_slug)!;
  const leaves = run.step_states.filter((state) => !deps.some((dep) => dep.dep_slug === state.step_slug));
  run.status = 'completed';
  run.completed_at = draft.now;
  // An aggregate over nothing is SQL NULL, not an empty object.
  run.output =
    leaves.length === 0
      ? undefined
      : jsonbObject(
          leaves.map((state) => {
            const step = stepOf(draft, run.flow_slug, state.step_slug)!;
            return [state.step_slug, toJsonb(outputOf(step, state))];
          }),
        );
  draft.reached.push(
    leaves.length === 0 ? 'maybe_complete_run/completed-without-output' : 'maybe_complete_run/completed',
  );
  announceRunCompleted(draft, run);
}
