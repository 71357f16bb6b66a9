/** Facet of a release: how model and SQL are compared, and where the SQL is free to choose. */
import type { Circumstances } from '../../model/kernel/transition.ts';
import type { AnyCommand } from './command.ts';
import type { Observation } from './observation.ts';

export interface ComparisonFacet<Command extends AnyCommand> {
  readonly comparison: Comparison<Command>;
  /**
   * Which order the SQL chose where it promises none, read off what it left behind; handed to the transition. Tables are looked up
   * only once it is asked: a recording may not hold all of them.
   */
  order(command: Command, tables: Pick<Observation, 'get'>): NonNullable<Circumstances['order']>;
  /**
   * Others that the SQL may have chosen as well, where what it left behind does not tell all: each is tried in turn where the model
   * does not agree, and the first with which it does is what was chosen. Absent where the tables tell all.
   */
  otherOrders?(
    command: Command,
    tables: Pick<Observation, 'get'>,
  ): Iterable<NonNullable<Circumstances['order']>>;
}

export interface Comparison<Command> {
  /**
   * The columns that identify a row, by table name: rows of an observation are sorted by these. The empty string is the
   * rule for tables not named.
   */
  key(table: string): readonly string[];
  /** Whether the SQL promises the order of the rows that this command returns (ORDER BY, or one row at most). */
  resultIsOrdered(command: Command): boolean;
  /** What is compared more loosely than by equality: table, column and the reason. Empty is the goal. */
  readonly loose: readonly { readonly table: string; readonly column: string; readonly reason: string }[];
}
