/** Making a directory with its parents. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * As `mkdir` with `recursive`, which on Node 20 never comes back where a parent is there but takes no entries
 * (anything below /proc).
 * @throws the system's error where it cannot be made
 */
export async function makeDirectory(path: string): Promise<void> {
  if (await make(path)) return;
  await makeDirectory(dirname(path));
  await mkdir(path).catch((error) => unlessThere(error, path));
}

/** False where its parent is missing. */
async function make(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    // The root has no parent that could be missing.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && dirname(path) !== path) return false;
    await unlessThere(error, path);
    return true;
  }
}

async function unlessThere(error: unknown, path: string): Promise<void> {
  if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(path)).isDirectory()) return;
  throw error;
}
