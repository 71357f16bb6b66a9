/** How the project writes a file: a reader sees all of it or none. */
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '../../sql/make-directory.ts';
import { SetupError } from '../../sql/setup-error.ts';

/** Writes beside its place first, then renames. Throws SetupError where it cannot be written. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await makeDirectory(dirname(file));
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new SetupError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? error})`);
  }
}
