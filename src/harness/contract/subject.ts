/** The subject of a command: a modelled release, and the SQL that is installed for it. Names are resolved here, once. */
import { readdir } from 'node:fs/promises';
import { notCompared } from '../../sql/added.ts';
import type { SqlDriver } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { type Additions, readAdditions } from './additions.ts';
import { type Deviation, deviationsOf, findDeviation } from './deviation.ts';
import { type AnyRelease, type Engine, findEngine, releaseOf } from './engine.ts';
import type { Services } from './services.ts';
import type { Installation, SqlSource } from './sql.ts';
import type { Versions } from './version.ts';

export interface SubjectOptions {
  /** Default {@link Services.defaultEngine}. */
  readonly engine?: string | undefined;
  /** Of the model. Default: told from the file names in `migrations`, or else the newest that is modelled. */
  readonly release?: string | undefined;
  /** A directory of migrations. Default: those of the release, from the installed package. */
  readonly migrations?: string | undefined;
  /** A file with a whole schema, for engines that have no migrations. Default: that of the release. */
  readonly schema?: string | undefined;
  /** Names of deviations in which the model does what the documentation says, and so the SQL should differ. */
  readonly intended?: readonly string[] | undefined;
}

export interface Subject {
  readonly release: AnyRelease;
  readonly installation: Installation;
  /** The directory or the file that the SQL is from, where one was named. */
  readonly source: SqlSource;
  /** The deviations in which the model follows the documentation. */
  readonly intended: readonly Deviation[];
  /** What a person should know about model and SQL, a sentence each. */
  readonly remarks: readonly string[];
  /** What the SQL has beyond the model, and what is so left out. Known once a database was opened. */
  leftOut(): readonly string[];
  /** A database with the SQL installed; `onNotice` gets a line for each thing worth knowing that stops nothing. */
  openDriver(onNotice: (line: string) => void): Promise<SqlDriver>;
}

/** Finds model and SQL. Throws {@link SetupError} for what is not there. */
export async function findSubject(options: SubjectOptions, services: Services): Promise<Subject> {
  const engine = findEngine(options.engine ?? services.defaultEngine, services.engines);
  const { migrations, schema } = options;
  const source = { migrations, schema };
  if (schema !== undefined && migrations !== undefined) {
    throw new SetupError('--schema and --migrations exclude each other: use the one that the engine has');
  }
  checkSource(engine, source);
  const wanted =
    options.release ?? (await toldRelease(engine, source)) ?? newestWith(options.intended, engine);
  const release = releaseOf(engine, wanted);
  const intended = intendedOf(options.intended, release, engine);
  const installation = await release.installation(source);
  const told = documentedIn(release, intended);
  const { release: compared, learn, leftOut } = leavingOutAdditions(told, source, installation.additions);
  // They are told with those that are found in the database.
  const toldLater = notCompared(installation.additions ?? []);
  return {
    release: compared,
    installation,
    source,
    intended,
    remarks: [
      ...installation.remarks.filter((line) => !toldLater.includes(line)),
      ...intended.map(({ id }) => `the model follows the documentation, not the SQL, in: ${id}`),
    ],
    leftOut,
    openDriver: async (onNotice) => {
      const driver = await services.openDriver(installation, onNotice);
      try {
        await learn(driver, onNotice);
        return driver;
      } catch (error) {
        await driver.close();
        throw error;
      }
    },
  };
}

/**
 * The release compared in what the model knows. What else a user's SQL has is told by the first database that is opened, and is
 * the same in all others; a release's own SQL has nothing else.
 */
function leavingOutAdditions(
  release: AnyRelease,
  { migrations, schema }: SqlSource,
  defined: readonly string[] = [],
) {
  if (migrations === undefined && schema === undefined)
    return { release, learn: async () => {}, leftOut: () => defined };
  let additions: Additions | undefined;
  const leftOut = () => [...(additions?.names ?? []), ...defined];
  return {
    leftOut,
    release: {
      ...release,
      readObservation: (results) => {
        const observation = release.readObservation(results);
        return additions?.leaveOutOf(observation) ?? observation;
      },
      readResult: (command, result) => {
        const read = release.readResult(command, result);
        return additions?.leaveOutOfResult(read) ?? read;
      },
    } satisfies AnyRelease,
    learn: async (driver: SqlDriver, onNotice: (line: string) => void) => {
      additions ??= await readAdditions(release, driver);
      notCompared(leftOut()).forEach(onNotice);
    },
  };
}

/** The deviations that are named, each once. Throws {@link SetupError} for one that is not registered. */
export function intendedOf(
  intended: readonly string[] = [],
  { release }: Pick<AnyRelease, 'release'>,
  engine: Engine,
): Deviation[] {
  return [...new Set(intended)].map((id) => findDeviation(engine, id, engine.name, release));
}

/** The release with a model that follows the documentation in these. */
export function documentedIn(release: AnyRelease, intended: readonly Deviation[]): AnyRelease {
  return intended.length === 0 ? release : release.asDocumented!(new Set(intended.map(({ id }) => id)));
}

/** The newest release that deviates in all of these; nothing where none does, or none is named. */
function newestWith(intended: readonly string[] = [], engine: Engine): string | undefined {
  if (intended.length === 0) return undefined;
  return engine.releases.findLast(({ release }) => {
    const known = new Set(deviationsOf(engine, release).map(({ id }) => id));
    return intended.every((id) => known.has(id));
  })?.release;
}

async function toldRelease(engine: Engine, { migrations, schema }: SqlSource): Promise<string | undefined> {
  const modelled = engine.releases.map(({ release }) => release);
  if (schema !== undefined) return engine.tellReleaseOfSchema?.(schema);
  if (migrations === undefined) return undefined;
  const files = await readdir(migrations).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT'
        ? 'there is no such directory: name one with .sql files'
        : `cannot be read (${error.code})`;
    throw new SetupError(`migrations ${migrations}: ${why}`);
  });
  const told = await engine.tellRelease?.(files, migrations, modelled);
  if (told !== undefined) return told;
  throw new SetupError(
    `migrations ${migrations}: the names of the files do not show which release this is: name it with --release (modelled: ${modelled.join(', ')})`,
  );
}

/** Which of the two an engine has is the same for all its releases. */
function checkSource(engine: Engine, { schema, migrations }: SqlSource): void {
  if (schema !== undefined && !engine.tellReleaseOfSchema)
    throw new SetupError(`${engine.name} has no schema file: remove --schema`);
  if (migrations !== undefined && engine.tellReleaseOfSchema)
    throw new SetupError(
      `${engine.name} has no migrations: remove --migrations, and name its SQL with --schema`,
    );
}

/** Versions of everything that took part, for reports. */
export function versionsOf(
  driver: Pick<SqlDriver, 'versions'>,
  { installation }: Pick<Subject, 'installation'>,
): Versions {
  return { ...driver.versions, migrations: installation.migrations };
}
