/** An engine and its releases: what it supplies so that the shared harness can drive, compare and show it. */

import { SetupError } from '../../sql/setup-error.ts';
import type { ArbitraryFacet, ShrinkingFacet } from './campaign.ts';
import type { AnyCommand } from './command.ts';
import type { ComparisonFacet } from './comparison.ts';
import type { Deviation } from './deviation.ts';
import type { DiffSupport } from './diff.ts';
import type { CommandFormat, ModelFacet } from './model.ts';
import type { Mutation } from './mutation.ts';
import { knownNames, quoted } from './names.ts';
import type { SqlFacet } from './sql.ts';
import type { TellingFacet } from './telling.ts';

export interface ReleaseName {
  /** `pgflow` */
  readonly engine: string;
  /** `0.1.20` */
  readonly release: string;
}

/** What a trace is executed by, on both sides. */
export interface ExecutableRelease<State, Command extends AnyCommand>
  extends ModelFacet<State, Command>,
    SqlFacet<Command>,
    ComparisonFacet<Command> {}

/** What random traces are drawn by. */
export interface GeneratingRelease<State, Command extends AnyCommand>
  extends ReleaseName,
    Pick<ModelFacet<State, Command>, 'machine' | 'uuid'>,
    ArbitraryFacet<State, Command>,
    ShrinkingFacet<Command> {}

/** What a campaign draws samples by and executes them on. */
export interface CampaignRelease<State, Command extends AnyCommand>
  extends GeneratingRelease<State, Command>,
    ExecutableRelease<State, Command> {}

/** What a trace is shown by, and written in the words of other tools. */
export interface ToldRelease<State, Command extends AnyCommand>
  extends ReleaseName,
    ModelFacet<State, Command>,
    TellingFacet<Command> {}

/** All facets of one release of one engine. A room takes those that it needs. */
export interface TestedRelease<State, Command extends AnyCommand>
  extends ReleaseName,
    CommandFormat<Command>,
    ExecutableRelease<State, Command>,
    ArbitraryFacet<State, Command>,
    ShrinkingFacet<Command>,
    TellingFacet<Command> {
  /** Versions of what the model was held against, by name: a recording of another one is remarked. */
  readonly follows?: Readonly<Record<string, string>>;
  /** Absent where `mutants` cannot plant anything. */
  readonly mutation?: Mutation;
  /**
   * The same release with a model that does what the documentation says in these deviations; absent where none
   * is registered.
   */
  asDocumented?(deviations: ReadonlySet<string>): TestedRelease<State, Command>;
}

/** A release whose state and commands are its own business. */
export type AnyRelease = TestedRelease<unknown, AnyCommand>;

export interface Explained {
  readonly text: string;
  /** As JSON. */
  readonly data: object;
}

export interface Engine {
  /** `pgflow` */
  readonly name: string;
  /** The modelled releases, oldest first. */
  readonly releases: readonly AnyRelease[];
  /** Where the SQL differs from its documentation; absent where nobody looked. */
  readonly deviations?: readonly Deviation[];
  /** What it takes to compare two installations; absent where there is only one. */
  readonly diff?: DiffSupport;
  /**
   * Which of the modelled releases (oldest first) a directory of migrations is; nothing if its files do not tell.
   * Throws {@link SetupError} where they tell another one, or cannot be installed.
   */
  tellRelease?(
    fileNames: readonly string[],
    directory: string,
    modelled: readonly string[],
  ): string | undefined | Promise<string | undefined>;
  /**
   * Which of the modelled releases a file with a whole schema is, or is to be compared with. Absent where the engine has
   * migrations. Throws {@link SetupError} for a file that cannot be read.
   */
  tellReleaseOfSchema?(file: string): Promise<string>;
  /**
   * What a value says that somebody found in a store of this engine: a text for a person, and all that a program may
   * want. Absent where its values speak for themselves. Throws {@link SetupError} for what is no such value.
   */
  explain?(value: string, release: string | undefined): Explained;
}

/** The engine of that name, the first if none is named; throws {@link SetupError} that says which are known. */
export function findEngine(name: string | undefined, known: readonly Engine[]): Engine {
  const engine = name === undefined ? known[0] : known.find((candidate) => candidate.name === name);
  if (engine) return engine;
  throw new SetupError(
    `unknown engine ${quoted(name ?? '')}; known: ${knownNames(
      known.map((each) => each.name),
      name,
    )}`,
  );
}

/** That release of the engine, the newest if none is named; throws {@link SetupError} that says which are known. */
export function releaseOf({ name, releases }: Engine, release?: string): AnyRelease {
  const found =
    release === undefined ? releases.at(-1) : releases.find((candidate) => candidate.release === release);
  if (found) return found;
  const wanted = release === undefined ? 'release' : `release ${quoted(release)}`;
  throw new SetupError(
    `unknown ${wanted} of ${name}; modelled: ${knownNames(
      releases.map((each) => each.release),
      release,
    )}`,
  );
}
