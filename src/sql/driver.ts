import { SetupError } from './setup-error.ts';

/**
 * How SQL is reached: batches of statements, each in a transaction of its own unless it begins one, at an instant that the
 * caller chooses. A driver knows no engine; it neither retries nor defaults nor tidies what comes back.
 */
export interface SqlDriver {
  /** Executes the queries of a batch one after another. A refused query does not keep the rest from running. */
  run(batch: Batch): Promise<BatchResult>;
  /** Executes a script of many statements (a migration) as one; throws {@link ScriptError} where one fails. */
  script(sql: string, name?: string): Promise<void>;
  /** Versions of what answers, for failure reports: `postgres`, `pglite`, `pgmq`, ... */
  readonly versions: Readonly<Record<string, string>>;
  /**
   * Clears away what dropped tables leave behind in the server, so that a long series of samples grows neither
   * slow nor large. Changes nothing that a query of the caller's tables can see, nor the clock.
   */
  maintain?(): Promise<void>;
  close(): Promise<void>;
}

export interface Batch {
  /**
   * Milliseconds since the epoch at which the first query starts. The clock never runs backwards: a
   * statement that waited (pg_sleep) may have moved it further, and then the batch starts there.
   */
  readonly at: number;
  /**
   * Sets the clock to `at` even where that is earlier than it stands, and starts the stream of randomness
   * anew: what follows depends on nothing that ran before but the database's content.
   */
  readonly restartClock?: true;
  /** The uuid that the first `gen_random_uuid()` of this batch draws; what else is random comes from a seeded stream. */
  readonly uuid?: string;
  readonly queries: readonly Query[];
}

export interface Query {
  readonly text: string;
  /** In text format, SQL NULL as null; the statement casts each: `$1::integer`. */
  readonly params?: readonly (string | null)[];
  /**
   * The rows of this query are themselves queries (first column: text), executed in their order and in its
   * place, as psql's \gexec does. The result is a `RowSets`.
   */
  readonly expand?: boolean;
  /**
   * Statements of one transaction, executed one after another behind this query, which begins it, up to the first
   * that is refused; then it is committed, or rolled back. The result is a `RowSets`: of each that was executed, and
   * last of the end.
   */
  readonly transaction?: readonly Query[];
}

export interface BatchResult {
  /** Where the clock stood when the first query had ended. */
  readonly finishedAt: number;
  readonly results: readonly QueryResult[];
}

export type QueryResult = RowSet | RowSets | SqlFailure;

export interface RowSet {
  readonly kind: 'rows';
  readonly columns: readonly Column[];
  /** Values as Postgres prints them. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What an `expand` query or a transaction became: one entry a statement. */
export interface RowSets {
  readonly kind: 'expanded';
  readonly sets: readonly (RowSet | SqlFailure)[];
}

export interface Column {
  readonly name: string;
  /** The type's OID. */
  readonly type: number;
}

/** An error as the server reports it. */
export interface SqlFailure {
  readonly kind: 'failure';
  readonly sqlstate: string;
  readonly message: string;
  readonly constraint?: string;
  readonly column?: string;
}

/** A script that does not install: which one, which statement, and what the server said. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly script: string;
  /** The statement that failed, from the line (1-based) on which it starts. */
  readonly statement: { readonly line: number; readonly text: string };
  readonly failure: SqlFailure;
  constructor(script: string, statement: { line: number; text: string }, failure: SqlFailure) {
    super(`${script}:${statement.line}: ${failure.message} (SQLSTATE ${failure.sqlstate})`);
    this.script = script;
    this.statement = statement;
    this.failure = failure;
  }
}

/** A script that is not executed, since it would not be carried out as it is written. */
export class ScriptRefused extends SetupError {
  constructor(script: string, statement: { line: number; text: string }, why: string) {
    super(`${script}:${statement.line}: ${why}, at: ${firstLine(statement.text)}`);
  }
}

/** The driver itself broke (the worker thread crashed, the database does not answer): never the SQL's answer. */
export class DriverError extends Error {
  override readonly name = 'DriverError';
}

/** A statement took longer, in real time, than any should. Its database had to be ended by force. */
export class StatementLimitError extends DriverError {}

/** The caller's signal was aborted while a statement was executed. Its database had to be ended by force. */
export class InterruptedError extends DriverError {}

/** So much of a statement that one knows which it is. */
export function firstLine(statement: string): string {
  const [line = ''] = statement.trim().split(/\r?\n/, 1);
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
