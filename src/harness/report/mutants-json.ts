/** A run of mutants for programs, and for `--merge`. */
import { type MutantsReport, summaryByFunction, summaryOf } from '../mutants/report.ts';
import type { MutantResult } from '../mutants/result.ts';

/** The JSON of `mutants`: everything but what is called seconds is the same whenever it is run. */
export function mutantsJson(report: MutantsReport): object {
  const { shard, interrupted, remarks, mutants, ...heading } = report;
  return {
    ...heading,
    shard,
    interrupted,
    remarks,
    summary: timed(summaryOf(mutants)),
    functions: Object.fromEntries(
      summaryByFunction(mutants).map(([name, summary]) => [name, timed(summary)]),
    ),
    mutants: mutants.map(resultJson),
  };
}

/** In one order, wherever it is from. */
function resultJson(result: MutantResult): object {
  const { id, operator, file, line, position, before, after, outcome, by, where, sample, samples, trace } =
    result;
  const mutant = { id, function: result.function, operator, file, line, position, before, after };
  return timed({ ...mutant, outcome, by, where, sample, samples, trace, seconds: result.seconds });
}

const timed = <T extends { readonly seconds: number }>(part: T): T => ({
  ...part,
  seconds: Math.round(part.seconds * 1000) / 1000,
});
