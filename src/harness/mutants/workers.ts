/** Several databases at once, each with the next mutant that nobody has taken yet. */
import { InterruptedError } from '../../sql/driver.ts';
import type { PlantedMutant } from './mutant.ts';
import type { MutantResult } from './result.ts';
import type { Bench } from './trial.ts';

export interface WorkersOptions {
  readonly workers: number;
  readonly openBench: () => Bench;
  readonly onResult: (result: MutantResult) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** The remarks. Throws what the first worker throws on opening, and what any throws later; all are closed then. */
export async function tryMutants(
  mutants: readonly PlantedMutant[],
  { workers, openBench, onResult, signal }: WorkersOptions,
): Promise<string[]> {
  const remarks: string[] = [];
  const pending = mutants.values();
  let isBroken = false;

  const work = async (worker: number): Promise<void> => {
    const bench = openBench();
    try {
      if (!(await opens(bench, worker))) return;
      while (!isBroken && !signal?.aborted) {
        const { value: mutant, done } = pending.next();
        if (done) return;
        const result = await bench.try(mutant);
        if (result) await onResult(result);
      }
    } catch (error) {
      isBroken = true;
      throw error;
    } finally {
      await bench.close();
    }
  };
  const opens = (bench: Bench, worker: number): Promise<boolean> =>
    bench.open().then(
      () => true,
      (error) => {
        if (worker === 1) throw error;
        if (error instanceof InterruptedError) return false;
        remarks.push(`worker ${worker} could not be opened, so the others did its work: ${error.message}`);
        return false;
      },
    );

  const count = Math.min(workers, mutants.length);
  const ends = await Promise.allSettled(Array.from({ length: count }, (_, i) => work(i + 1)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return remarks;
}
