import type fc from 'fast-check';
import type { Invariant, Machine } from '../model/kernel/machine.ts';
import type { Circumstances, Result, Row } from '../model/kernel/transition.ts';
import type { Query, QueryResult, SqlDriver } from '../sql/driver.ts';
import type { Drawing } from './drawing.ts';
import type { EquivalentMutants } from './mutants/equivalents.ts';
import type { Trace, TraceEntry } from './trace.ts';

/** What every command has; the rest is the engine's. */
export interface AnyCommand {
  readonly type: string;
}

/**
 * A whole state as tables: by qualified name (`pgflow.runs`, `pgmq.q_greet`) the rows, sorted by the table's key
 * (`TestedRelease.tables`). Both sides produce one; the lockstep compares them column by column.
 */
export type Observation = ReadonlyMap<string, readonly Row[]>;

/** Everything that one release of one engine supplies so that the shared harness can drive and compare it. */
export interface TestedRelease<State, Command extends AnyCommand> {
  /** `pgflow` */
  readonly engine: string;
  /** `0.1.20` */
  readonly release: string;

  // The model.
  readonly machine: Machine<State, Command, unknown>;
  /** Reads a command of a trace file; what it throws is a zod error whose issues name the path. */
  parseCommand(value: unknown): Command;
  /** JSON schema of a command, for the published schema of traces. */
  commandJsonSchema(): object;
  /** The model's state as tables. */
  project(state: State): Observation;
  /**
   * The same release with a model that does what the documentation says in these deviations; absent where none
   * is registered.
   */
  asDocumented?(deviations: ReadonlySet<string>): TestedRelease<State, Command>;

  // The SQL.
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

  /** Where `mutants` plants bugs: the functions of a schema; absent where it cannot. */
  readonly mutation?: { readonly schema: string; readonly equivalents: readonly EquivalentMutants[] };

  // The comparison.
  /** Columns of a row that identify it, by table: rows of an observation are sorted by these. */
  readonly comparison: Comparison<Command>;
  /**
   * Which order the SQL chose where it promises none, read off what it left behind; handed to the transition.
   */
  order(command: Command, observation: Observation): NonNullable<Circumstances['order']>;
  /** Invariants of the observation, beyond the machine's own. */
  readonly invariants?: readonly Invariant<State>[];

  // The campaign.
  /** The next entry of a random trace, given where the model stands; `wait` is milliseconds after the last command ended. */
  arbitraryEntry(context: GenerationContext<State>): fc.Arbitrary<{ wait: number; command: Command }>;
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
  /** What `gen_random_uuid()` draws during the entry at `position`; depends on the trace alone. */
  uuid(entries: readonly TraceEntry<Command>[], position: number): string;

  // The report.
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

/** Where the SQL is from, if not with the release. */
export interface SqlSource {
  /** A directory of migrations. */
  readonly migrations?: string | undefined;
  /** A file with a whole schema. */
  readonly schema?: string | undefined;
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

export interface Installation {
  /** Scripts in the order in which they are installed. */
  readonly scripts: readonly { readonly name: string; readonly sql: string }[];
  /** How many of them are the engine's own migrations. */
  readonly migrations: number;
  /** What a person should know about it: files skipped, stand-ins installed. */
  readonly remarks: readonly string[];
  /** Looks at the database once it is installed. Throws SetupError where that is not the engine's SQL at all. */
  check?(driver: SqlDriver): Promise<void>;
}

export interface Comparison<Command> {
  /** Key columns by table name; the empty string is the rule for tables not named. */
  key(table: string): readonly string[];
  /** Whether the SQL promises the order of the rows that this command returns (ORDER BY, or one row at most). */
  resultIsOrdered(command: Command): boolean;
  /** What is compared more loosely than by equality: table, column and the reason. Empty is the goal. */
  readonly loose: readonly { readonly table: string; readonly column: string; readonly reason: string }[];
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
