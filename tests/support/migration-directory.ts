/** Directories of migrations made for a test, out of the installed package and texts of the test's own. */
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const packaged = join(import.meta.dirname, '../../node_modules/@pgflow/core/dist/supabase/migrations');
/** The names of pgflow's own migrations, oldest first. */
export const migrationNames = (await readdir(packaged)).filter((name) => name.endsWith('.sql')).sort();

const made: string[] = [];
afterAll(async () => {
  for (const directory of made.splice(0)) await rm(directory, { recursive: true, force: true });
});

/**
 * A directory with these migrations of pgflow (by the name each gets there, what it is called in the package) and
 * these other files. It is gone after the tests of the file.
 */
export async function migrationDirectory(
  pgflow: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'pgtwin-migrations-'));
  made.push(directory);
  for (const [name, source] of Object.entries(pgflow))
    await cp(join(packaged, source), join(directory, name));
  for (const [name, content] of Object.entries(others)) await writeFile(join(directory, name), content);
  return directory;
}

/** pgflow's first so many migrations under their own names. */
export function firstMigrations(count: number): Record<string, string> {
  return Object.fromEntries(migrationNames.slice(0, count).map((name) => [name, name]));
}

/** The same under the names that `pgflow install` gives them: the instant of the installation in front. */
export function installedMigrations(count: number, instant = 20260301120000): Record<string, string> {
  return Object.fromEntries(
    migrationNames.slice(0, count).map((name, index) => [`${instant + index}_${name}`, name]),
  );
}
