/** Facet of a release: its random traces, and how a trace is made smaller. */
import type fc from 'fast-check';
import type { AnyCommand } from './command.ts';
import type { TraceEntry } from './trace.ts';

export interface ArbitraryFacet<State, Command extends AnyCommand> {
  /** The next entry of a random trace, given where the model stands; `wait` is milliseconds after the last command ended. */
  arbitraryEntry(context: GenerationContext<State>): fc.Arbitrary<{ wait: number; command: Command }>;
  /**
   * How many samples a run of all engines takes of this release: enough to reach every branch with the default seed.
   * Default: as many as a campaign takes.
   */
  readonly samplesInAll?: number;
}

export interface ShrinkingFacet<Command extends AnyCommand> {
  /** Smaller commands to try in place of one, most drastic first. */
  simplify(command: Command): Iterable<Command>;
  /**
   * Simpler traces of as many commands, for what only makes sense in all of them at once (another name for a
   * flow); most drastic first.
   */
  simplifyTogether?(entries: readonly TraceEntry<Command>[]): Iterable<readonly TraceEntry<Command>[]>;
  /** The trace without the entries at these positions, later references mended (a run that is no longer started is not referred to). */
  without(
    entries: readonly TraceEntry<Command>[],
    positions: ReadonlySet<number>,
  ): readonly TraceEntry<Command>[];
}

export interface GenerationContext<State> {
  readonly state: State;
  readonly now: number;
  /** How many commands the trace has so far, and how many it may have. */
  readonly length: number;
  readonly maxCommands: number;
  /** Drawn once for the whole sample, 0 <= x < 1: lets an engine give each sample a character of its own. */
  readonly character: number;
  /** How many entries of each command type the trace has so far. */
  readonly counts: ReadonlyMap<string, number>;
}
