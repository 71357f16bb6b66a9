/** The model alone: transitions over the recorded traces, and nothing else. */
import type { Recording } from './recording.ts';

/** Seconds that one pass over the recording takes, the mean over passes for `ms` milliseconds. */
export function runModel(recording: Recording, ms: number): number {
  const startedAt = performance.now();
  let passes = 0;
  let elapsed = 0;
  do {
    modelRefusals(recording);
    passes++;
    elapsed = performance.now() - startedAt;
  } while (elapsed < ms);
  return elapsed / passes / 1000;
}

/** One pass. How many commands were refused: the database must refuse as many. */
export function modelRefusals({ release: { machine }, samples }: Recording): number {
  let refusals = 0;
  for (const { startedAt, steps } of samples) {
    let state = machine.initialState;
    let now = startedAt;
    for (const { at, uuid, command } of steps) {
      const transition = machine.transition(state, command, { now: Math.max(at, now), uuid });
      if (!transition.result.ok) refusals++;
      state = transition.state;
      now = transition.finishedAt;
    }
  }
  return refusals;
}
