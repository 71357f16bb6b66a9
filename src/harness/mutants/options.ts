/** How a run of mutants is asked for. */
import type { MutantsHeading, SharedHeading } from './report.ts';
import type { MutantResult } from './result.ts';
import type { Selection, Shard } from './selection.ts';

export const defaultMutantSamples = 400;
export const defaultMutantMs = 30_000;
export const defaultShrinkAttempts = 300;
/** No ordinary command takes a hundredth of a second. */
export const defaultSilenceMs = 15_000;

/** Results of an interrupted run, and a place for further ones. */
export interface KeptResults {
  /** Of the runs before this one. */
  readonly results: readonly MutantResult[];
  add(result: MutantResult): Promise<void>;
}

export interface MutantsBudget extends Partial<Omit<Selection, 'sample'>> {
  readonly seed?: number | undefined;
  /** Samples a mutant. Default {@link defaultMutantSamples}, unless `forMs` is given alone. */
  readonly samples?: number | undefined;
  /** Milliseconds a mutant. Default {@link defaultMutantMs}, unless `samples` is given alone. */
  readonly forMs?: number | undefined;
  readonly maxCommands?: number | undefined;
  /** Smaller traces tried for each that diverges. Default {@link defaultShrinkAttempts}. */
  readonly shrinkAttempts?: number | undefined;
  /** Milliseconds without an answer after which SQL counts as running for ever. Default {@link defaultSilenceMs}. */
  readonly silenceMs?: number | undefined;
  /** Databases at once. Default 1. */
  readonly workers?: number | undefined;
  /** So many mutants, drawn at random. Default: all. */
  readonly sample?: number | undefined;
  readonly shard?: Shard | undefined;
  /** Where results are kept as they come, and those of an interrupted run taken from. */
  readonly keepResults?: ((heading: SharedHeading) => Promise<KeptResults>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called when the mutants are planted: how many are to be run, how many of them were kept before. */
  readonly onReady?: ((heading: MutantsHeading, planned: number, done: number) => void) | undefined;
  readonly onResult?: ((result: MutantResult) => void) | undefined;
}
