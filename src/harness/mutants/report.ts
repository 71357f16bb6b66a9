/** What a run of mutants found out, and what it comes to. */
import type { Versions } from '../contract/version.ts';
import type { Mutant } from './mutant.ts';
import type { MutantResult } from './result.ts';
import type { Selection, Shard } from './selection.ts';

/** What a run is about: results of runs that agree in this belong together. */
export interface MutantsHeading {
  readonly pgtwin: string;
  readonly engine: string;
  readonly release: string;
  readonly versions: Versions;
  /** Of every mutant there is, so that results of other SQL are not taken for those of this. */
  readonly fingerprint: string;
  readonly seed: number;
  /** Samples a mutant at most. */
  readonly samples: number;
  /** Milliseconds a mutant at most; null where the samples alone decide. */
  readonly forMs: number | null;
  readonly maxCommands: number;
  readonly shrinkAttempts: number;
  readonly selection: Selection;
  /** How many mutants were chosen, before they were shared out. */
  readonly chosen: number;
}

/** The heading of a share of a run. */
export interface SharedHeading extends MutantsHeading {
  /** The share that this is of; null for the whole. */
  readonly shard: Shard | null;
}

export interface MutantsReport extends SharedHeading {
  readonly interrupted: boolean;
  /** What a person should know besides, a sentence each. */
  readonly remarks: readonly string[];
  /** By function and place, those that were not run left out. */
  readonly mutants: readonly MutantResult[];
}

export interface Summary {
  readonly killed: number;
  readonly survived: number;
  readonly equivalent: number;
  readonly notInstalled: number;
  /** Killed of killed and survived, 0 to 100; null where there is neither. */
  readonly score: number | null;
  /** Median number of commands of the shrunk traces; null where there is none. */
  readonly medianSize: number | null;
  /** Of all trials together, whatever ran side by side. */
  readonly seconds: number;
}

export function summaryOf(mutants: readonly MutantResult[]): Summary {
  const count = (outcome: MutantResult['outcome']) =>
    mutants.filter((mutant) => mutant.outcome === outcome).length;
  const [killed, survived] = [count('killed'), count('survived')];
  return {
    killed,
    survived,
    equivalent: count('equivalent'),
    notInstalled: count('not-installed'),
    score: killed + survived === 0 ? null : (100 * killed) / (killed + survived),
    medianSize: median(mutants.flatMap(({ trace }) => (trace ? [trace.length] : []))),
    seconds: mutants.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** What each function is called for short: without its schema, and without its parameters but for overloads. */
export function shortNames(mutants: readonly Mutant[]): (signature: string) => string {
  const bare = (signature: string) => signature.replace(/^[^.(]*\./, '').replace(/\(.*$/s, '');
  const signatures = [...new Set(mutants.map((mutant) => mutant.function))];
  return (signature) => {
    const name = bare(signature);
    const isOverloaded = signatures.filter((other) => bare(other) === name).length > 1;
    return isOverloaded ? signature.replace(/^[^.(]*\./, '') : name;
  };
}

export function summaryByFunction(mutants: readonly MutantResult[]): [signature: string, Summary][] {
  const names = [...new Set(mutants.map((mutant) => mutant.function))];
  return names.map((name) => [name, summaryOf(mutants.filter((mutant) => mutant.function === name))]);
}

export const survivorsOf = ({ mutants }: Pick<MutantsReport, 'mutants'>): readonly MutantResult[] =>
  mutants.filter(({ outcome }) => outcome === 'survived');

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
