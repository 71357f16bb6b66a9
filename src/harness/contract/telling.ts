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
}

export interface ScriptSupport<Command> {
  /** The command given the id that it would draw, or statements before it that make it draw that one. */
  withId(command: Command, uuid: string): { readonly command: Command; readonly setup: readonly string[] };
  readonly clock: ScriptClock;
  /** Whether a database of a user's has that table, and what is in it says something that no other table does. */
  isAsserted(table: string, rows: readonly Row[]): boolean;
  /** Of a column that nothing promises the values of, what their order tells; nothing for a table that has none. */
  rank(table: string): Rank | undefined;
  /** Whether such a choice of the SQL decides when a row is due, so that a test cannot say it. Default: none does. */
  decidesDues?(choice: string): boolean;
}

/** Ids that are compared by their order within a group, since between groups nothing promises one. */
export interface Rank {
  readonly column: string;
  /** The group, as SQL that may name the columns of a row. */
  readonly partition: readonly string[];
  /** The same of a row of the model. */
  groupOf(row: Row): unknown;
}

export interface DueRows {
  readonly query: string;
  readonly rows: readonly (readonly [row: unknown, at: number])[];
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
  /**
   * Of a table whose rows become due, when each of them does: a query of (row as jsonb, milliseconds), and the same of
   * the model's rows. To be asked after `at` with the end of the last command, all in milliseconds since the start,
   * which is that instant. Nothing for another table.
   */
  dues(table: string, rows: readonly Row[], startedAt: number, ended: number): DueRows | undefined;
}
