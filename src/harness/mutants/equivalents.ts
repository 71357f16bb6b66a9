/** Mutants of which somebody argued that nothing can tell them from the original, and how that stays true. */
import { SetupError } from '../../sql/setup-error.ts';
import type { Mutant } from './mutant.ts';
import { shortNames } from './report.ts';

export interface EquivalentMutants {
  /** Why no caller can tell the difference. */
  readonly reason: string;
  /** By id the mutant as `pgtwin mutants --list` shows it: `start_tasks: + where true`, `add_step: - and a = b`. */
  readonly mutants: Readonly<Record<string, string>>;
}

/** The argument of each mutant that has one, by id; throws {@link SetupError} for an entry that fits no mutant. */
export function reasonsOf(
  mutants: readonly Mutant[],
  entries: readonly EquivalentMutants[],
  of: string,
): ReadonlyMap<string, string> {
  const known = new Map(mutants.map((mutant) => [mutant.id, entryOf(mutant)]));
  const reasons = new Map<string, string>();
  for (const { reason, mutants: argued } of entries) {
    for (const [id, entry] of Object.entries(argued)) {
      if (known.get(id) !== entry) {
        throw new SetupError(
          `the mutant ${id} of ${of}, "${entry}", is listed as equivalent but does not exist any more: remove it from the list`,
        );
      }
      reasons.set(id, reason);
    }
  }
  return reasons;
}

/** What stands in the list for a mutant: its function and the line that differs. */
export function entryOf(mutant: Mutant): string {
  const { before, after } = mutant;
  const line = after === '' ? `- ${before}` : `+ ${after}`;
  return `${shortNames([mutant])(mutant.function)}: ${line}`;
}
