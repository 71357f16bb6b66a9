/** Laws about runs that hold in every release, and the frame of those that are a release's own. */
import type { Invariant } from '../../kernel/machine.ts';
import type { PersistentMap } from '../../kernel/persistent-map.ts';
import type { RunColumns, StepStateColumns } from './run.ts';

interface RunsOf<Run> {
  readonly runs: PersistentMap<Run>;
}

/** A law about each run by itself; `fault` is what breaks it. */
export function ofRuns<Run extends RunColumns>(
  title: string,
  fault: (run: Run) => unknown,
): Invariant<RunsOf<Run>> {
  // States share the runs that did not change: nearly all of them.
  const sound = new WeakSet<Run>();
  return {
    title,
    violation: ({ runs }) => {
      for (const run of runs.values()) {
        if (sound.has(run)) continue;
        const found = fault(run);
        if (found === undefined) sound.add(run);
        else return `run ${run.run_id}: ${JSON.stringify(found)}`;
      }
      return undefined;
    },
  };
}

export const countsRemainingSteps = ofRuns<
  RunColumns & { readonly step_states: readonly StepStateColumns[] }
>('remaining_steps counts the steps that have not completed', (run) => {
  const open = run.step_states.filter((state) => state.status !== 'completed').length;
  return open === run.remaining_steps ? undefined : `${run.remaining_steps}, recounted ${open}`;
});
