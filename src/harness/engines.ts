/** The one list that names engines: a new engine is a line here. */

import { tellIdType } from '../sql/event-store/install.ts';
import { tellRelease } from '../sql/pgflow/directory.ts';
import { SetupError } from '../sql/setup-error.ts';
import type { Deviation } from './deviation.ts';
import type { DiffSupport } from './diff/support.ts';
import type { AnyCommand, TestedRelease } from './engine.ts';
import { eventStoreDeviations } from './event-store/deviations/index.ts';
import { eventStoreDiff } from './event-store/diff.ts';
import { eventStoreTextUnderTest, eventStoreUuidUnderTest } from './event-store/release.ts';
import { pgflow0120OnPgmq111UnderTest, pgflow0120UnderTest } from './pgflow/0.1.20/release.ts';
import { pgflow081UnderTest } from './pgflow/0.8.1/release.ts';
import { pgflowDeviations } from './pgflow/deviations/index.ts';
import { pgflowDiff } from './pgflow/diff.ts';
import { pgmqUnderTest } from './pgmq/release.ts';

/** A release whose state and commands are its own business. */
export type AnyRelease = TestedRelease<unknown, AnyCommand>;

export interface Engine {
  /** `pgflow` */
  readonly name: string;
  /** The modelled releases, oldest first. */
  readonly releases: readonly AnyRelease[];
  /** Where the SQL differs from its documentation; absent where nobody looked. */
  readonly deviations?: readonly Deviation[];
  /** What it takes to hold two installations against each other; absent where there is only one. */
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
   * Which of the modelled releases a file with a whole schema is, or is to be held against. Absent where the engine has
   * migrations. Throws {@link SetupError} for a file that cannot be read.
   */
  tellReleaseOfSchema?(file: string): Promise<string>;
}

export const engines: readonly Engine[] = [
  {
    name: 'pgflow',
    releases: [
      pgflow0120OnPgmq111UnderTest,
      pgflow0120UnderTest,
      pgflow081UnderTest,
    ] as unknown as AnyRelease[],
    deviations: pgflowDeviations,
    diff: pgflowDiff,
    tellRelease: (_, directory, modelled) => tellRelease(directory, modelled),
  },
  { name: 'pgmq', releases: [pgmqUnderTest as unknown as AnyRelease] },
  {
    name: 'event-store',
    releases: [eventStoreUuidUnderTest, eventStoreTextUnderTest] as unknown as AnyRelease[],
    deviations: eventStoreDeviations,
    diff: eventStoreDiff,
    tellReleaseOfSchema: tellIdType,
  },
];

/** The one that is meant where none is named. */
export const defaultEngine = 'pgflow';

/** The engine of that name; throws {@link SetupError} that says which are known. */
export function findEngine(name: string, known: readonly Engine[] = engines): Engine {
  const engine = known.find((candidate) => candidate.name === name);
  if (engine) return engine;
  throw new SetupError(`unknown engine "${name}"; known: ${listed(known.map((each) => each.name))}`);
}

/** That release of that engine, the newest if none is named; throws {@link SetupError} that says which are known. */
export function findRelease(
  engine: string,
  release?: string,
  known: readonly Engine[] = engines,
): AnyRelease {
  const { releases } = findEngine(engine, known);
  const found =
    release === undefined ? releases.at(-1) : releases.find((candidate) => candidate.release === release);
  if (found) return found;
  const wanted = release === undefined ? 'release' : `release "${release}"`;
  throw new SetupError(
    `unknown ${wanted} of ${engine}; modelled: ${listed(releases.map((each) => each.release))}`,
  );
}

const listed = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
