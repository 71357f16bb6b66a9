/** `mutants` as a function: small bugs planted in the SQL one at a time, and whether verify finds them. */
import { byPlace, type Mutant } from './mutant.ts';
import { defaultSilenceMs, type MutantsOptions } from './options.ts';
import { withPlan } from './plan.ts';
import type { MutantsHeading, MutantsReport } from './report.ts';
import type { MutantResult } from './result.ts';
import { StateFile } from './state-file.ts';
import { Bench, described, unseen } from './trial.ts';
import { tryMutants } from './workers.ts';

/**
 * Tries each mutant. What is found depends on seed and samples; a budget in time makes the number of samples vary.
 * Throws SetupError where it cannot run, and DriverError where a database breaks without a mutant in it.
 */
export function runMutants(options: MutantsOptions = {}): Promise<MutantsReport> {
  return withPlan(options, async ({ subject, heading, share, reasons, remarks }, openDriver) => {
    const { signal, shard = null, resume } = options;
    const state = resume === undefined ? undefined : await StateFile.open(resume, { ...heading, shard });
    const results = new Map(state?.results.map((result) => [result.id, result]));
    options.onReady?.(heading, share.length, results.size);

    const onResult = async (result: MutantResult) => {
      results.set(result.id, result);
      await state?.add(result);
      options.onResult?.(result);
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
      silenceMs: options.silenceMs ?? defaultSilenceMs,
      signal,
    };
    const notes = await tryMutants(
      share.filter(({ id }) => !results.has(id)),
      {
        workers: options.workers ?? 1,
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
        ...wrong.map(({ id }) => `${id} is argued to be equivalent and is not`),
      ],
      mutants,
    };
  });
}

export interface ListedMutant extends Mutant {
  /** Why it is argued to be equivalent; null where it is not. */
  readonly equivalence: string | null;
}

/** The mutants that a run with these options would try. */
export function listMutants(
  options: MutantsOptions = {},
): Promise<{ heading: MutantsHeading; mutants: ListedMutant[] }> {
  return withPlan(options, async ({ heading, share, reasons }) => ({
    heading,
    mutants: share.map((mutant) => ({ ...described(mutant), equivalence: reasons.get(mutant.id) ?? null })),
  }));
}
