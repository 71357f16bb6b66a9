import type { Instant } from './instant.ts';
import type { SqlError } from './sql-error.ts';

/**
 * A row as the caller of a function sees it. SQL NULL is `null` in every column but those of type jsonb,
 * where `null` is JSON's null and SQL NULL is `undefined`.
 */
export type Row = Readonly<Record<string, unknown>>;

/** What the caller sees: rows, or a refusal. */
export type Result = { readonly ok: true; readonly rows: readonly Row[] } | Refused;
export interface Refused {
  readonly ok: false;
  readonly refusal: SqlError;
  /**
   * The other refusals that the SQL may answer just as well: where several rows are at fault and no ORDER BY
   * tells which of them comes first.
   */
  readonly alternatives?: readonly SqlError[];
}

/** Everything that varies between two executions of the same command on the same state. */
export interface Circumstances {
  /** When the statement starts. */
  readonly now: Instant;
  /** What `gen_random_uuid()` draws, should the command draw one. */
  readonly uuid: string;
  /**
   * The order in which the SQL handled a set for which it promises none (no ORDER BY).
   * Given the members in the model's own order it returns them in the SQL's; absent means the model's own.
   * `what` names the order where a command leaves several to choose (of messages, of broadcasts).
   */
  readonly order?: (members: readonly string[], what?: string) => readonly string[];
}

/** The whole outcome of a command. */
export interface Transition<State, Event> {
  /** After a refusal, the state before it, but for the sequences: those never roll back. */
  readonly state: State;
  readonly result: Result;
  /** What was announced, in order; none after a refusal. */
  readonly events: readonly Event[];
  /** When the statement ended; later than it started only where the engine waits. */
  readonly finishedAt: Instant;
  /** The names of the branches that were reached: see `Machine.witnesses`. */
  readonly reached: readonly string[];
}
