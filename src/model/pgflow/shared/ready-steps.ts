/** The part of `pgflow.start_ready_steps` that looks for steps. The same in every release so far. */
import type { StepStateColumns } from './run.ts';

/** The steps that wait for nothing any more, by name. */
export function readySteps(
  draft: { readonly reached: string[] },
  step_states: readonly StepStateColumns[],
): string[] {
  const ready = step_states
    .filter((state) => state.status === 'created' && state.remaining_deps === 0)
    .map((state) => state.step_slug)
    .sort();
  if (ready.length > 0) draft.reached.push('start_ready_steps/started');
  if (ready.length > 1) draft.reached.push('start_ready_steps/several-at-once');
  return ready;
}
