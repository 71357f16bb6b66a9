/** A directory of migrations, pgflow's among those of other projects: which are installed, which are not and why. */
import { SetupError } from '../setup-error.ts';
import { type Definition, definitionsIn } from './definitions.ts';
import { type Migration, migrationsIn } from './migrations.ts';
import { checkSeries, modelledRelease, type PublishedFile, publishedFiles } from './releases.ts';

export interface MigrationDirectory {
  /** What is installed, untouched and in its order. */
  readonly migrations: readonly Migration[];
  /** Those of them that are pgflow's by name. */
  readonly published: readonly PublishedFile[];
  /** A sentence for each reason why a file is not installed, or is though it is not pgflow's. */
  readonly remarks: readonly string[];
}

/** Throws {@link SetupError} where there is no pgflow in it, or a pgflow that is not whole. */
export async function readDirectory(directory: string): Promise<MigrationDirectory> {
  const files = await migrationsIn(directory);
  const published = publishedFiles(files.map(({ name }) => name));
  checkSeries(published, directory);
  const names = new Set(published.map(({ name }) => name));

  const [installed, changing, using, others]: Migration[][] = [[], [], [], []];
  let isMade = published.length > 0;
  for (const file of files) {
    const definitions = names.has(file.name) ? [] : definitionsIn(file.sql).filter(isOfPgflow);
    if (names.has(file.name)) installed!.push(file);
    else if (definitions.length > 0) {
      installed!.push(file);
      changing!.push(file);
      isMade ||= definitions.some(makesPgflow);
    } else if (/\bpgflow\b/.test(file.sql)) using!.push(file);
    else others!.push(file);
  }
  if (!isMade) {
    throw new SetupError(
      `migrations ${directory}: none of its ${files.length} .sql files installs pgflow; copy the migrations of @pgflow/core, such as 20250429164909_pgflow_initial.sql, there`,
    );
  }
  // A whole installation under other names changes nothing, it is all there is.
  const remarks = [
    ...(published.length > 0
      ? remark(changing!, 'also installed, because they define something in pgflow')
      : []),
    ...remark(using!, 'skipped, because they name pgflow but define nothing in it'),
    ...remark(others!, 'skipped, because they do not name pgflow'),
  ];
  return { migrations: installed!, published, remarks };
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

function remark(files: readonly Migration[], why: string): string[] {
  return files.length === 0 ? [] : [`${why}: ${files.map(({ name }) => name).join(', ')}`];
}

/** Of the queue only its functions and types: a project may have queues of its own, and change their tables. */
function isOfPgflow({ schema, kind }: Definition): boolean {
  if (schema === 'pgmq') return ['function', 'procedure', 'routine', 'type'].includes(kind);
  return schema === 'pgflow';
}

const makesPgflow = ({ verb, schema, kind }: Definition) =>
  verb === 'create' && schema === 'pgflow' && (kind === 'schema' || kind === 'table');
