/** `mutants` as a function: small bugs planted in the SQL one at a time, and whether verify finds them. */

import { checkFastCheck } from '../campaign/generate.ts';
import type { Subject } from '../contract/subject.ts';
import { byPlace, type Mutant } from '../mutants/mutant.ts';
import { defaultSilenceMs, type MutantsBudget } from '../mutants/options.ts';
import { withPlan } from '../mutants/plan.ts';
import type { MutantsHeading, MutantsReport } from '../mutants/report.ts';
import type { MutantResult } from '../mutants/result.ts';
import { Bench, described, unseen } from '../mutants/trial.ts';
import { tryMutants } from '../mutants/workers.ts';

/**
 * Tries each mutant. What is found depends on seed and samples; a budget in time makes the number of samples vary.
 * Throws SetupError where it cannot run, and DriverError where a database breaks without a mutant in it.
 */
export async function tryMutantsOf(subject: Subject, budget: MutantsBudget = {}): Promise<MutantsReport> {
  checkFastCheck();
  return withPlan(subject, budget, async ({ heading, share, reasons, remarks }, openDriver) => {
    const { signal, shard = null } = budget;
    const kept = await budget.keepResults?.({ ...heading, shard });
    const results = new Map(kept?.results.map((result) => [result.id, result]));
    budget.onReady?.(heading, share.length, results.size);

    const onResult = async (result: MutantResult) => {
      results.set(result.id, result);
      await kept?.add(result);
      budget.onResult?.(result);
    };
    // One that is asked for by name is tried whatever is argued.
    const isAsked = heading.selection.mutants.length > 0;
    for (const mutant of share) {
      const where = isAsked ? undefined : reasons.get(mutant.id);
      if (where === undefined || results.has(mutant.id)) continue;
      await onResult({ ...described(mutant), ...unseen, outcome: 'equivalent', where, seconds: 0 });
    }
    const trial = {
      ...heading,
      forMs: heading.forMs ?? Number.POSITIVE_INFINITY,
      silenceMs: budget.silenceMs ?? defaultSilenceMs,
      signal,
    };
    const notes = await tryMutants(
      share.filter(({ id }) => !results.has(id)),
      {
        workers: budget.workers ?? 1,
        openBench: () => new Bench({ ...subject, openDriver }, trial),
        onResult,
        signal,
      },
    );
    const mutants = [...results.values()].sort(byPlace);
    const wrong = mutants.filter(({ id, outcome }) => outcome === 'killed' && reasons.has(id));
    return {
      ...heading,
      shard,
      interrupted: results.size < share.length,
      remarks: [
        ...remarks,
        ...notes,
        ...wrong.map(({ id }) => `${id} is listed as equivalent, but verify kills it`),
      ],
      mutants,
    };
  });
}

export interface ListedMutant extends Mutant {
  /** Why it is argued to be equivalent; null where it is not. */
  readonly equivalence: string | null;
}

/** The mutants that a run with this budget would try. */
export function listMutantsOf(
  subject: Subject,
  budget: MutantsBudget = {},
): Promise<{ heading: MutantsHeading; mutants: ListedMutant[] }> {
  return withPlan(subject, budget, async ({ heading, share, reasons }) => ({
    heading,
    mutants: share.map((mutant) => ({ ...described(mutant), equivalence: reasons.get(mutant.id) ?? null })),
  }));
}
