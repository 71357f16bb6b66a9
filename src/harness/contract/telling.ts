/** Facet of a release: how its traces and states are shown to people, and written as scripts of other tools. */
import type { Row } from '../../model/kernel/transition.ts';
import type { AnyCommand } from './command.ts';
import type { Drawing } from './drawing.ts';
import type { Observation } from './observation.ts';
import type { Trace } from './trace.ts';

export interface TellingFacet<Command extends AnyCommand> {
  /** The trace as a script for psql, identifiers that the server draws captured with \gset. */
  toPsql(trace: Trace<Command>): string;
  /** How a page shows it; without, a page has the tables alone. */
  readonly drawing?: Drawing;
  /** What a script without variables needs that plays the trace within one transaction; absent where there is none. */
  readonly script?: ScriptSupport<Command>;
  /** The name by which `pgtwin/model` exports the machine; absent where it does not. */
  readonly inModel?: string;
}

export interface ScriptSupport<Command> {
  /** The command given the id that it would draw, or statements before it that make it draw that one. */
  withId(command: Command, uuid: string): { readonly command: Command; readonly setup: readonly string[] };
  readonly clock: ScriptClock;
  /** Whether a database of a user's has that table, and what is in it says something that no other table does. */
  isAsserted(table: string, rows: readonly Row[]): boolean;
  /** Columns whose values nothing promises. */
  readonly unordered: readonly string[];
}

/** Time in a script: that of the trace, which stands still but for its waits, whatever the server's clock does meanwhile. */
export interface ScriptClock {
  /** Statements before the first command. */
  readonly setup: readonly string[];
  /**
   * Statements before a command that is given at `now`, the one before it having ended at `ended`, both in
   * milliseconds since the start; `observation` is what there is.
   */
  at(observation: Observation, now: number, ended: number): readonly string[];
}
