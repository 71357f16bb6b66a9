/** Wrong and odd inputs at random: every one ends in an outcome that the documents know. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

export interface Target {
  readonly name: string;
  /** Of the time, against 1 of the others. */
  readonly share?: number;
  /** What the inputs are drawn from; made when the run begins. */
  arbitrary(): fc.Arbitrary<unknown> | Promise<fc.Arbitrary<unknown>>;
  /** The name of what came of it. Throws where that is no documented outcome. */
  run(input: never): string | Promise<string>;
}

export interface TargetReport {
  readonly target: string;
  readonly inputs: number;
  /** How many inputs each outcome had. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly failure: { readonly input: string; readonly path: string; readonly error: unknown } | null;
}

export interface FuzzOptions {
  /** Real time for all targets together, in milliseconds. */
  readonly ms: number;
  readonly seed: number;
  /** Inputs of a target at most, by its name: then the same ones are tried on every machine. Default: as time allows. */
  readonly most?: Readonly<Record<string, number>>;
  readonly onReport?: (report: TargetReport) => void;
}

/** True in one of so many inputs; numbers would be drawn small too often. */
export const onceIn = (inputs: number): fc.Arbitrary<boolean> =>
  fc.oneof(
    { weight: inputs - 1, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );

/** Each target gets its share of the time. What fails is shrunk. */
export async function fuzz(targets: readonly Target[], { ms, seed, most = {}, onReport }: FuzzOptions) {
  const reports: TargetReport[] = [];
  const shares = targets.reduce((sum, { share = 1 }) => sum + share, 0);
  for (const target of targets) {
    const report = await fuzzOne(target, (ms * (target.share ?? 1)) / shares, seed, most[target.name]);
    onReport?.(report);
    reports.push(report);
  }
  return reports;
}

async function fuzzOne(
  target: Target,
  ms: number,
  seed: number,
  most = Number.MAX_SAFE_INTEGER,
): Promise<TargetReport> {
  const outcomes = new Map<string, number>();
  let inputs = 0;
  const arbitrary = await target.arbitrary();
  const property = fc.asyncProperty(arbitrary, async (input) => {
    const outcome = await target.run(input as never);
    inputs++;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  });
  const result = await fc.check(property, {
    seed,
    numRuns: most,
    examples: keptInputs(target.name).map((input) => [input] as [unknown]),
    interruptAfterTimeLimit: ms,
    markInterruptAsFailure: false,
  });
  return {
    target: target.name,
    inputs,
    outcomes: Object.fromEntries([...outcomes].sort(([a], [b]) => (a < b ? -1 : 1))),
    failure: result.failed
      ? {
          input: fc.stringify(result.counterexample?.[0]),
          path: result.counterexamplePath ?? '',
          error: result.errorInstance,
        }
      : null,
  };
}

/** What once came to another outcome, in `inputs/<name-of-the-target>.json`: it is tried first. */
function keptInputs(target: string): unknown[] {
  const file = join(import.meta.dirname, 'inputs', `${target.replace(/\W+/g, '-')}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}
