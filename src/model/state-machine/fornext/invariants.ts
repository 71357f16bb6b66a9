/** Laws of every reachable state. */
import type { Invariant } from '../../kernel/machine.ts';
import type { Executor, FornextState } from './state.ts';

const ofExecutors =
  (violation: (executor: Executor) => string | undefined): Invariant<FornextState>['violation'] =>
  ({ executors }) => {
    for (const executor of executors.values()) {
      const found = violation(executor);
      if (found !== undefined) return `executor ${executor.executor}: ${found}`;
    }
    return undefined;
  };

export const invariants: readonly Invariant<FornextState>[] = [
  {
    title: 'what has ended with a panic has nothing in its memory',
    violation: ofExecutors(({ status, queue }) =>
      status === 'panicked' && queue.size > 0 ? `${queue.size} messages` : undefined,
    ),
  },
  {
    title: 'branches and iterations are of an activity that is there',
    violation: ofExecutors(({ activities, branches, iterations }) => {
      const lost = [...branches.values(), ...iterations.values()].find(
        (each) => !activities.has(each.activity_id),
      );
      return lost?.id;
    }),
  },
  {
    title: 'an activity has as many outputs as are done',
    violation: ofExecutors(({ activities }) => {
      for (const { id, done, outputs } of activities.values())
        if ((done ?? 0) !== (outputs?.length ?? 0)) return id;
      return undefined;
    }),
  },
];
