/** What an engine supplies so that two installations of its SQL can be held against each other. */
import type { SqlError } from '../../model/kernel/sql-error.ts';
import type { Result, Row } from '../../model/kernel/transition.ts';
import type { Query } from '../../sql/driver.ts';
import type { AnyCommand } from './command.ts';
import type { Observation } from './observation.ts';
import type { Installation } from './sql.ts';

/** The two installations, by the options that name them. */
export type SideName = 'from' | 'to';
export const sideNames: readonly SideName[] = ['from', 'to'];
export type Both<T> = Readonly<Record<SideName, T>>;

export interface DiffSupport {
  /** Releases whose SQL is at hand, oldest first: for each migration the one that ended with it. */
  releases(): Promise<readonly string[]>;
  /** The one of these that has the same SQL as that release; nothing where no release has that name. */
  sameSql(release: string): string | undefined;
  /** What a user's own SQL is in: a directory of migrations, a file, or a directory with the files of a schema. */
  readonly source: 'directory' | 'file' | 'files';
  /**
   * The SQL of a release, or of a directory or file, with these stand-ins among those that it needs itself. Throws
   * SetupError.
   */
  installation(
    side: { readonly release: string } | { readonly path: string },
    standIns?: readonly string[],
  ): Promise<Installation>;
  /** Everything in these schemas is compared. */
  readonly schemas: readonly string[];
  /**
   * The modelled releases whose commands may be asked of both sides, preferred first: the first of which both
   * sides can be asked every command in `needs`. The last needs none.
   */
  readonly vocabularies: readonly { readonly release: string; readonly needs: readonly AnyCommand[] }[];
  /** What a person should know about two such sides; `can` tells whether a side has what the command calls. */
  remarks(can: (side: SideName, command: AnyCommand) => boolean, names: Both<string>): readonly string[];
  /** Tables of one kind share a name: those of all queues are `pgmq.q_*`. */
  kindOf(table: string, rows: readonly Row[]): string;
  /** Tables that are only ever added to and that no function reads. */
  readonly journals?: readonly Journal[];
  /**
   * Tables by qualified name (or {@link kindOf} them) in the order in which rows can be put into them: what others
   * refer to comes first.
   */
  readonly tables: readonly string[];
  /** What lets an operator change rows that are guarded, and what sets the guards again; absent where none are. */
  readonly unguarded?: { readonly begin: Query; readonly end: Query };
  /** Tables that are left out, with the reason. */
  readonly leftOut: readonly { readonly table: string; readonly reason: string }[];
  /**
   * The result without what is in it of columns that one side alone has, for functions that return whole rows as
   * JSON. `oneSided` has the columns by table.
   */
  comparable(command: AnyCommand, result: Result, oneSided: (table: string) => ReadonlySet<string>): Result;
  /** Whether a statement at fault in two ways may be refused for either: which it meets first, nothing promises. */
  mayRefuseEither(command: AnyCommand, one: SqlError, other: SqlError): boolean;
  /** Whether the command may draw several ids in an order that nothing promises. */
  mayDrawIds(command: AnyCommand): boolean;
  /**
   * Where the two sides gave the ids that they drew in one command to the same things in another order: what
   * makes the second side's choice that of the first. None where they chose alike, or drew for other things.
   */
  align(before: Observation, from: Observation, to: Observation): readonly Query[];
}

export interface Journal {
  readonly table: string;
  /** Counts up with every row, and means nothing else. */
  readonly id: string;
  /** Rows of one kind have no order among each other: `step:started`. */
  kindOf(row: Row): string;
  /** The column that is compared key by key. */
  readonly payload: string;
}

/** The calls that stand-ins wrote down, by what was called. */
export const journalOfCalls = (table: string): Journal => ({
  table,
  id: 'id',
  kindOf: ({ function: called }) => String(called),
  payload: 'arguments',
});

/** What an engine of one release says, whose SQL is a file, and in which nothing is left to chance. */
export interface PlainDiff {
  readonly release: string;
  readonly schemas: readonly string[];
  readonly tables: readonly string[];
  /** The SQL of the release, or that of a file. Throws SetupError. */
  installation(file?: string): Promise<Installation>;
}

/** Compares two files, or the release with a file: every table in full, and each result as it is. */
export const plainDiff = ({ release, schemas, tables, installation }: PlainDiff): DiffSupport => ({
  releases: async () => [release],
  sameSql: (name) => (name === release ? release : undefined),
  source: 'file',
  installation: (side) => installation('path' in side ? side.path : undefined),
  schemas,
  vocabularies: [{ release, needs: [] }],
  remarks: () => [],
  kindOf: (table) => table,
  tables,
  leftOut: [],
  comparable: (_, result) => result,
  mayRefuseEither: () => false,
  mayDrawIds: () => false,
  align: () => [],
});
