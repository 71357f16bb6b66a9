/** Facet of a release: its SQL, how it is called and how its tables are read back. */
import type { Result } from '../../model/kernel/transition.ts';
import type { Query, QueryResult, SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from './command.ts';
import type { Observation } from './observation.ts';

export interface SqlFacet<Command extends AnyCommand> {
  /**
   * What is installed: the SQL of the release, or that of a directory of migrations or of a file with a whole schema.
   * Throws SetupError for a directory or a file where the engine has no such thing.
   */
  installation(options: SqlSource): Promise<Installation>;
  /** The one statement that a command is. */
  call(command: Command): Query;
  /** Reads everything back; `readObservation` gets the results in the same order. */
  readonly observe: readonly Query[];
  readObservation(results: readonly QueryResult[]): Observation;
  readResult(command: Command, result: QueryResult): Result;
  /** Back to the state just after installing. */
  readonly reset: readonly Query[];
}

/** Where the SQL is from, if not with the release. */
export interface SqlSource {
  /** A directory of migrations. */
  readonly migrations?: string | undefined;
  /** A file with a whole schema. */
  readonly schema?: string | undefined;
}

export interface Installation {
  /** Scripts in the order in which they are installed. */
  readonly scripts: readonly { readonly name: string; readonly sql: string; readonly mayFail?: boolean }[];
  /**
   * What a hash of it is made of: the texts of the SQL under test, without what pgtwin installs beside it. Default: all scripts.
   */
  readonly tested?: readonly string[];
  /** How many of them are the engine's own migrations. */
  readonly migrations: number;
  /** What a person should know about it: files skipped, stand-ins installed. */
  readonly remarks: readonly string[];
  /** What the SQL defines and the engine does not have, as far as its text says; it is among the remarks as well. */
  readonly additions?: readonly string[];
  /** Where the SQL came from, if not from a directory or a file that was named; and its licence, if it is not ours. */
  readonly origin?: { readonly from: string; readonly license: string | null };
  /** Names of the stand-ins that are installed for what surrounds the engine; absent where there are none. */
  readonly standIns?: readonly string[];
  /** Looks at the database once it is installed. Throws SetupError where that is not the engine's SQL at all. */
  check?(driver: SqlDriver): Promise<void>;
}

/**
 * Opens a database with this installed; `onNotice` gets a line for each thing worth knowing that stops nothing. Where the signal is
 * aborted, no statement goes on: InterruptedError.
 */
export type OpenDriver = (
  installation: Installation,
  onNotice: (line: string) => void,
  signal?: AbortSignal,
) => Promise<SqlDriver>;
