/** Mutants of which somebody argued that nothing can tell them from the original, and how that stays true. */
import { SetupError } from '../../sql/setup-error.ts';
import type { Mutant } from './mutant.ts';

export interface EquivalentMutants {
  /** Why no caller can tell the difference. */
  readonly reason: string;
  readonly mutants: readonly Pick<Mutant, 'id' | 'function' | 'before' | 'after'>[];
}

/** The argument of each mutant that has one, by id; throws {@link SetupError} for an entry that fits no mutant. */
export function reasonsOf(
  mutants: readonly Mutant[],
  entries: readonly EquivalentMutants[],
  of: string,
): ReadonlyMap<string, string> {
  const known = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  const reasons = new Map<string, string>();
  for (const { reason, mutants: argued } of entries) {
    for (const entry of argued) {
      const mutant = known.get(entry.id);
      const fits = (['function', 'before', 'after'] as const).every((key) => mutant?.[key] === entry[key]);
      if (!fits) {
        throw new SetupError(
          `the equivalent mutant ${entry.id} of ${of}, "${entry.after}" in ${entry.function}, is none any more: take it out of the list`,
        );
      }
      reasons.set(entry.id, reason);
    }
  }
  return reasons;
}
