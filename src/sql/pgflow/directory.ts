/** A directory of migrations, pgflow's among those of other projects: which are installed, which are not and why. */

import { addedIn, notCompared } from '../added.ts';
import { type Definition, definitionsIn } from '../definitions.ts';
import { deepPieces, piecesOf } from '../pieces.ts';
import { SetupError } from '../setup-error.ts';
import { hasOwnEscapes, unreadableIn } from '../unreadable.ts';
import { type Migration, migrationsIn } from './migrations.ts';
import { neededBy, redefinedIn } from './needed-files.ts';
import { checkSeries, modelledRelease, type PublishedFile, publishedFiles } from './releases.ts';

export interface MigrationDirectory {
  /** What is installed, untouched and in its order. */
  readonly migrations: readonly Migration[];
  /** Those of them that are pgflow's by name. */
  readonly published: readonly PublishedFile[];
  /** A sentence for each reason why a file is not installed, or is though it is not pgflow's. */
  readonly remarks: readonly string[];
  /** What the other files define in pgflow that it does not have. */
  readonly additions: readonly string[];
}

/** Throws {@link SetupError} where there is no pgflow in it, or a pgflow that is not whole. */
export async function readDirectory(directory: string): Promise<MigrationDirectory> {
  const files = await migrationsIn(directory);
  const published = publishedFiles(files.map(({ name }) => name));
  checkSeries(published, directory);
  const names = new Set(published.map(({ name }) => name));

  const [changing, opaque, using, others]: Migration[][] = [[], [], [], []];
  const defined: Definition[] = [];
  let isMade = published.length > 0;
  for (const file of files) {
    if (names.has(file.name)) continue;
    const definitions = definitionsIn(file.sql).filter(isOfPgflow);
    if (definitions.length > 0) {
      changing!.push(file);
      defined.push(...definitions);
      isMade ||= definitions.some(makesPgflow);
    } else if (!namesPgflow(file.sql)) others!.push(file);
    else if (unreadableIn(file.sql, isOfPgflow).length > 0) opaque!.push(file);
    else using!.push(file);
  }
  if (!isMade) {
    throw new SetupError(
      `migrations ${directory}: none of its ${files.length} .sql files installs pgflow; copy the migrations of @pgflow/core, such as 20250429164909_pgflow_initial.sql, there`,
    );
  }
  const demanded = files.filter(
    (file) => names.has(file.name) || changing!.includes(file) || opaque!.includes(file),
  );
  const needed = neededBy([...changing!, ...opaque!, ...using!], others!);
  const tried = [...using!, ...needed];
  const own = demanded.filter(({ name }) => !names.has(name));
  const redefined = redefinedIn(files, own, tried, isOfPgflow);
  const isTried = (file: Migration) => !redefined.has(file);
  const migrations = files.flatMap((file) => {
    if (demanded.includes(file) || redefined.has(file)) return [file];
    return tried.includes(file) ? [{ ...file, mayFail: true }] : [];
  });
  const released = files.filter(({ name }) => names.has(name));
  const additions = released.length === 0 ? [] : newIn(defined, released);
  // A whole installation under other names changes nothing, it is all there is.
  const remarks = [
    ...(published.length > 0
      ? [
          ...remark(changing!, 'also installed, because they define something in pgflow'),
          ...notCompared(additions),
        ]
      : []),
    ...remark(
      opaque!,
      'also installed, because they name pgflow and may define what cannot be read off them',
    ),
    ...remark(
      [...redefined],
      'also installed, because they change later what those files of the project use',
    ),
    ...remark(using!.filter(isTried), 'also installed as far as they can be, because they name pgflow'),
    ...remark(
      needed.filter(isTried),
      'also installed as far as they can be, because they define what those files of the project name',
    ),
    ...remark(
      others!.filter((file) => !needed.includes(file)),
      'skipped, because they do not name pgflow',
    ),
  ];
  return { migrations, published, remarks, additions };
}

/**
 * The release that a directory is, of those modelled (oldest first); nothing where its files have other names.
 * Throws {@link SetupError} as `readDirectory` does, and where it is a release that is not modelled.
 */
export async function tellRelease(
  directory: string,
  modelled: readonly string[],
): Promise<string | undefined> {
  const { published } = await readDirectory(directory);
  return modelledRelease(published, directory, modelled);
}

/** What nobody calls but the project: it is compared only in what it does to the rest. */
function newIn(defined: readonly Definition[], published: readonly Migration[]): string[] {
  const own = defined.filter(({ schema }) => schema === 'pgflow');
  // Reading all of pgflow takes longer than the rest.
  if (own.length === 0) return [];
  return addedIn(
    own,
    published.flatMap(({ sql }) => definitionsIn(sql)),
  );
}

function remark(files: readonly Migration[], why: string): string[] {
  return files.length === 0 ? [] : [`${why}: ${files.map(({ name }) => name).join(', ')}`];
}

/** In code or in a string, which may be code as well; not in a comment. With escapes of its own it may be anything. */
const namesPgflow = (sql: string) =>
  [...deepPieces(piecesOf(sql))].some(
    (pieces) => pieces.some(({ value }) => /\bpgflow\b/i.test(value)) || hasOwnEscapes(pieces),
  );

/** Of the queue only its functions and types: a project may have queues of its own, and change their tables. */
function isOfPgflow({ schema, kind }: Definition): boolean {
  if (schema === 'pgmq') return ['function', 'procedure', 'routine', 'type'].includes(kind);
  return schema === 'pgflow';
}

const makesPgflow = ({ verb, schema, kind }: Definition) =>
  verb === 'create' && schema === 'pgflow' && (kind === 'schema' || kind === 'table');
