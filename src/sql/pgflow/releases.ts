/** The published migrations of pgflow by name, and the releases that they make: told without opening a file. */
import { SetupError } from '../setup-error.ts';

/**
 * Every migration of pgflow up to 0.14.1 by its stamp, oldest first, with a release that ends with it; none where
 * no published release does. Several may: those of 0.8.1 are also those of 0.8.0 to 0.9.1.
 */
const published: readonly (readonly [stamp: string, release: string | undefined])[] = [
  ['20250429164909', '0.1.20'],
  ['20250517072017', '0.2.4'],
  ['20250609105135', '0.3.0'],
  ['20250610180554', '0.3.1'],
  ['20250614124241', '0.4.0'],
  ['20250619195327', '0.4.2'],
  ['20250627090700', '0.4.3'],
  ['20250707210212', '0.5.3'],
  ['20250719205006', '0.6.0'],
  ['20251006073122', '0.7.0'],
  ['20251103222045', '0.7.2'],
  ['20251104080523', '0.8.1'],
  ['20251130000000', undefined],
  ['20251209074533', '0.10.0'],
  ['20251212100113', '0.11.0'],
  ['20251225163110', '0.12.0'],
  ['20260103145141', '0.13.0'],
  ['20260120205547', '0.13.2'],
  ['20260124113408', '0.13.3'],
  ['20260214181656', '0.14.1'],
];
const stamps = published.map(([stamp]) => stamp);
const lastStamp = stamps.at(-1)!;

/** Positions in the list of what is published; those beyond its end are of a release that is not known here. */
export const stampOf = (position: number): string | undefined => stamps[position];
export const positionOf = (release: string) => published.findIndex(([, each]) => each === release);

/** A file that is pgflow's by its name. */
export interface PublishedFile {
  readonly name: string;
  readonly stamp: string;
  readonly position: number;
}

/**
 * pgflow's files in the order in which they are installed, which is that of their names. `pgflow install` puts a
 * stamp of its own in front of the name that the file has in the package; both forms are known. A stamp that is
 * not published is taken for that of a later release where the name has that form, or all that are published are
 * there as well; else somebody chose such a name for a file of their own.
 */
export function publishedFiles(fileNames: readonly string[]): readonly PublishedFile[] {
  const named = fileNames.toSorted().flatMap((name) => {
    const match = /^(\d{14}_)?(\d{14})_pgflow_.*\.sql$/.exec(name);
    return match ? [{ name, isPrefixed: match[1] !== undefined, stamp: match[2]! }] : [];
  });
  const present = new Set(named.map(({ stamp }) => stamp));
  const areAllThere = stamps.every((stamp) => present.has(stamp));
  const later = [...present].filter((stamp) => stamp > lastStamp).sort();
  return named.flatMap(({ name, isPrefixed, stamp }) => {
    const known = stamps.indexOf(stamp);
    if (known >= 0) return [{ name, stamp, position: known }];
    if (stamp < lastStamp || !(isPrefixed || areAllThere)) return [];
    return [{ name, stamp, position: stamps.length + later.indexOf(stamp) }];
  });
}

/**
 * Throws {@link SetupError} where the files are not the first so many of pgflow, each once and in their order:
 * they would install as something that was never a release, or not at all.
 */
export function checkSeries(files: readonly PublishedFile[], directory: string): void {
  const seen = new Map<number, PublishedFile>();
  files.forEach((file, index) => {
    const twin = seen.get(file.position);
    if (twin !== undefined) {
      throw new SetupError(
        `migrations ${directory}: ${twin.name} and ${file.name} are the same migration of pgflow; remove one of them`,
      );
    }
    seen.set(file.position, file);
    const before = files[index - 1];
    if (before !== undefined && before.position > file.position) {
      throw new SetupError(
        `migrations ${directory}: ${before.name} is installed before ${file.name}, which is older; rename the newer file so that it comes later`,
      );
    }
  });
  const missing = files.find(({ position }, index) => position !== index);
  if (missing === undefined) return;
  const gap = stamps[files.indexOf(missing)] ?? 'a later migration';
  throw new SetupError(
    `migrations ${directory}: ${missing.name} needs ${gap}_pgflow_…, which is missing; copy it from @pgflow/core`,
  );
}

/** What a directory's files of pgflow amount to, for people: `0.7.2 (11 migrations)`. */
export function describeSeries(files: readonly PublishedFile[]): string {
  const count = `${files.length} migration${files.length === 1 ? '' : 's'}`;
  const release = releaseOf(files);
  if (release !== undefined) return `pgflow ${release} (${count})`;
  const between =
    files.length < stamps.length ? 'between two releases of pgflow' : 'newer than pgflow 0.14.1';
  return `${between} (${count}, up to ${files.at(-1)?.stamp})`;
}

/** The release that exactly these make, if one does. */
export function releaseOf(files: readonly PublishedFile[]): string | undefined {
  return published[files.length - 1]?.[1];
}

/** Since then, a worker reads messages and then starts their tasks: across that line there is little to compare. */
const twoPhases = '0.3.0';

const oldestOf = (modelled: readonly string[]) => modelled.find((each) => positionOf(each) >= 0)!;

/** As a shell reads it. */
export const quoted = (path: string) =>
  /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/**
 * The release that is told from the names, one of those modelled (oldest first); nothing where the names do not
 * tell. Throws {@link SetupError} where it is another one: no model says what is right there, but `diff` tells how it
 * differs from one that is modelled.
 */
export function modelledRelease(
  files: readonly PublishedFile[],
  directory: string,
  modelled: readonly string[],
): string | undefined {
  const last = files.at(-1);
  if (last === undefined) return undefined;
  const release = releaseOf(files);
  if (release !== undefined && modelled.includes(release)) return release;
  const newest = modelled.findLast((each) => positionOf(each) >= 0)!;
  const compared = last.position < positionOf(twoPhases) ? oldestOf(modelled) : newest;
  const instead = `To see how it differs from ${compared}, SQL against SQL: pgtwin diff --from ${compared} --to ${quoted(directory)}`;
  if (last.position > positionOf(newest)) {
    throw new SetupError(
      `migrations ${directory}: its SQL is ${describeSeries(files)}, and its last migration is ${last.stamp}. The newest release with a model is ${newest}, up to ${stampOf(positionOf(newest))}. ${instead}`,
    );
  }
  throw new SetupError(
    `migrations ${directory}: its SQL is ${describeSeries(files)}, which has no model. Releases with a model: ${modelled.join(', ')}. ${instead}`,
  );
}
