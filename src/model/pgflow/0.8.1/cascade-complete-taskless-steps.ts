/** `pgflow.cascade_complete_taskless_steps`. */
import { checkViolation, raised, type SqlError } from '../../kernel/sql-error.ts';
import { announceTasklessCompleted } from './broadcasts.ts';
import { type Draft, indexOfState, type OpenRun, openState, stepOf } from './draft.ts';

const mostIterations = 50;

/** Completes the maps over nothing that wait for nothing, then those that waited for them, wave by wave. */
export function cascadeCompleteTasklessSteps(draft: Draft, run: OpenRun): SqlError | undefined {
  for (let iteration = 1; ; iteration++) {
    // Surprise: the iteration that would find nothing left counts as well, so 49 waves are the most.
    if (iteration > mostIterations && !draft.asDocumented.has('fifty-empty-maps-in-a-chain-are-refused')) {
      draft.reached.push('cascade_complete_taskless_steps/safety-limit');
      return raised(`Cascade loop exceeded safety limit of ${mostIterations} iterations`);
    }
    const wave = run.step_states
      .filter(
        (state) => state.status === 'created' && state.remaining_deps === 0 && state.initial_tasks === 0,
      )
      .map((state) => state.step_slug);
    if (wave.length === 0) return undefined;
    draft.reached.push(
      `cascade_complete_taskless_steps/${wave.length > 1 ? 'several-at-once' : 'completed'}`,
    );
    if (iteration > 1) draft.reached.push('cascade_complete_taskless_steps/second-wave');

    // They are looked up in order but updated by a join, which promises none.
    for (const step_slug of draft.order(wave, 'step:completed')) {
      const own = openState(draft, run, indexOfState(run, step_slug));
      own.status = 'completed';
      own.started_at = draft.now;
      own.completed_at = draft.now;
      own.remaining_tasks = 0;
      announceTasklessCompleted(draft, run, step_slug);
    }
    const refusal = releaseDependents(draft, run, new Set(wave));
    if (refusal) return refusal;
    run.remaining_steps -= wave.length;
  }
}

/** A map that depends on nothing but emptiness is itself one over nothing. */
function releaseDependents(draft: Draft, run: OpenRun, wave: ReadonlySet<string>): SqlError | undefined {
  const { deps } = draft.flows.get(run.flow_slug)!;
  for (const { dep_slug, step_slug } of deps) {
    if (!wave.has(dep_slug)) continue;
    const index = indexOfState(run, step_slug);
    if (index < 0) {
      draft.reached.push('cascade_complete_taskless_steps/dependent-added-later');
      continue;
    }
    const dependent = openState(draft, run, index);
    dependent.remaining_deps -= 1;
    if (stepOf(draft, run.flow_slug, step_slug)!.step_type === 'map') dependent.initial_tasks = 0;
    // Surprise: a dependency that was added late was not counted, and the step may have completed in this very wave.
    if (dependent.remaining_deps < 0) return checkViolation('step_states_remaining_deps_check');
  }
  return undefined;
}
