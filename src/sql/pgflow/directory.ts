/** A directory of migrations, pgflow's among those of other projects: which are installed, which are not and why. */

import { type Definition, definitionsIn } from '../definitions.ts';
import { tokensOf } from '../script-statements.ts';
import { SetupError } from '../setup-error.ts';
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
  const defined: Definition[] = [];
  let isMade = published.length > 0;
  for (const file of files) {
    const definitions = names.has(file.name) ? [] : definitionsIn(file.sql).filter(isOfPgflow);
    if (names.has(file.name)) installed!.push(file);
    else if (definitions.length > 0) {
      installed!.push(file);
      changing!.push(file);
      defined.push(...definitions);
      isMade ||= definitions.some(makesPgflow);
    } else if (namesPgflow(file.sql)) {
      installed!.push({ ...file, mayFail: true });
      using!.push(file);
    } else others!.push(file);
  }
  if (!isMade) {
    throw new SetupError(
      `migrations ${directory}: none of its ${files.length} .sql files installs pgflow; copy the migrations of @pgflow/core, such as 20250429164909_pgflow_initial.sql, there`,
    );
  }
  // A whole installation under other names changes nothing, it is all there is.
  const remarks = [
    ...(published.length > 0
      ? [
          ...remark(changing!, 'also installed, because they define something in pgflow'),
          ...newIn(
            defined,
            installed!.filter(({ name }) => names.has(name)),
          ),
        ]
      : []),
    ...remark(using!, 'also installed as far as they can be, because they name pgflow'),
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

/** What nobody calls but the project: it is compared only in what it does to the rest. */
function newIn(defined: readonly Definition[], published: readonly Migration[]): string[] {
  const titleOf = ({ kind, schema, name }: Definition) => `${kind} ${schema}.${name}`;
  const callable = defined.filter(
    ({ verb, kind, schema }) =>
      verb === 'create' && schema === 'pgflow' && ['function', 'procedure', 'view'].includes(kind),
  );
  if (callable.length === 0) return [];
  const known = new Set(published.flatMap(({ sql }) => definitionsIn(sql)).map(titleOf));
  const found = [...new Set(callable.map(titleOf))].filter((title) => !known.has(title));
  return found.length === 0 ? [] : [`not compared, because pgflow does not have them: ${found.join(', ')}`];
}

function remark(files: readonly Migration[], why: string): string[] {
  return files.length === 0 ? [] : [`${why}: ${files.map(({ name }) => name).join(', ')}`];
}

/** In code or in a string, which may be code as well; not in a comment. */
const namesPgflow = (sql: string) =>
  [...tokensOf(sql)].some(({ start, end }) => /\bpgflow\b/i.test(sql.slice(start, end)));

/** Of the queue only its functions and types: a project may have queues of its own, and change their tables. */
function isOfPgflow({ schema, kind }: Definition): boolean {
  if (schema === 'pgmq') return ['function', 'procedure', 'routine', 'type'].includes(kind);
  return schema === 'pgflow';
}

const makesPgflow = ({ verb, schema, kind }: Definition) =>
  verb === 'create' && schema === 'pgflow' && (kind === 'schema' || kind === 'table');
