/** Where the SQL of pgflow comes from: the installed package, or a directory of migrations. */
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readScript } from '../../files/read-script.ts';
import { readText } from '../../files/read-text.ts';
import { SetupError } from '../setup-error.ts';
import { positionOf, publishedFiles, releaseOf } from './releases.ts';

export interface Migration {
  /** File name; migrations are installed in its order. */
  readonly name: string;
  readonly sql: string;
  /** Whether the installation goes on without it where it does not install: it may need what belongs to other projects. */
  readonly mayFail?: boolean;
}

/** The first migrations of the installed `@pgflow/core`, up to and with the last one of the release. */
export async function packagedMigrations(release: string): Promise<Migration[]> {
  const all = await migrationsIn(packagedDirectory());
  const position = positionOf(release);
  const last = publishedFiles(all.map(({ name }) => name)).findIndex((file) => file.position === position);
  if (last < 0) {
    throw new SetupError(
      `the installed @pgflow/core has no migrations of release ${release}: install @pgflow/core@0.8.1 or name a directory with --migrations`,
    );
  }
  return all.slice(0, last + 1);
}

/** The releases that the migrations of the installed `@pgflow/core` end with, oldest first. */
export async function packagedReleases(): Promise<string[]> {
  const files = publishedFiles((await migrationsIn(packagedDirectory())).map(({ name }) => name));
  return files.map((_, i) => releaseOf(files.slice(0, i + 1))).filter((release) => release !== undefined);
}

/** The installed package, for whoever keeps what its SQL answered. */
export async function packageOrigin(): Promise<{ from: string; license: string | null }> {
  const { name, version, license } = JSON.parse(
    await readText(join(packageDirectory('@pgflow/core'), 'package.json')),
  );
  return { from: `${name} ${version}`, license: license ?? null };
}

const packagedDirectory = () => join(packageDirectory('@pgflow/core'), 'dist', 'supabase', 'migrations');

/** Every `.sql` file of the directory, by name. */
export async function migrationsIn(directory: string): Promise<Migration[]> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'is not a directory' : 'cannot be read';
    throw new SetupError(`${directory} ${why}: --migrations takes a directory of .sql files`);
  }
  const option = '--migrations takes a directory of .sql files';
  const files = names.filter((name) => name.endsWith('.sql')).sort();
  if (files.length === 0) {
    throw new SetupError(`${directory} has no .sql file: --migrations takes a directory of .sql files`);
  }
  return Promise.all(
    files.map(async (name) => ({ name, sql: await readScript(join(directory, name), option) })),
  );
}

function packageDirectory(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw new SetupError(`the package ${name} is not installed: npm install -D ${name}@0.8.1`);
  }
}
