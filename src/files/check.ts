/** Whether a place can be written, told before the work is done for it, and again when it is. Nothing is made or opened. */
import type { Stats } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError, refusal, unwritable } from './file-error.ts';
import { type Place, placeOf, statOf } from './place.ts';

/** Throws {@link FileError} for what could not be written at the end. */
export async function checkWritable(path: string): Promise<void> {
  await checkPlace(path, await placeOf(path));
}

/** As {@link checkWritable}, for what is also read, and written bit by bit. */
export async function checkKept(path: string): Promise<void> {
  const place = await placeOf(path);
  if (place.kind !== 'file') throw new FileError(path, 'is not a regular file', 'name another');
  await checkPlace(path, place);
}

/** Throws {@link FileError} for a directory that takes no files, or could not be made. */
export async function checkDirectory(path: string): Promise<void> {
  try {
    const found = await statOf(path);
    if (found && !found.isDirectory()) throw new FileError(path, 'is not a directory', 'name another');
    await checkTakesFiles(path === '' ? '.' : path);
  } catch (error) {
    throw unwritable(path, error);
  }
}

export async function checkPlace(path: string, place: Place): Promise<void> {
  try {
    if (place.kind === 'descriptor' || (place.kind === 'pipe' && place.isDescriptor)) return;
    const found = place.kind === 'file' ? place.before : await statOf(place.path);
    if (found) await checkMayWrite(place.path, found);
    else await checkTakesFiles(dirname(place.path));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Renaming would get past the permissions of a file, and root past all of them: what nobody may write stays as it is. */
async function checkMayWrite(path: string, { mode }: Stats): Promise<void> {
  if ((mode & 0o222) === 0) throw refusal('EACCES');
  await access(path, constants.W_OK);
}

/** Processes and devices as files: nothing can be made there, though root may write everywhere. */
const systemFiles: ReadonlySet<number> = new Set([0x9fa0, 0x62656572]);

/** The directory, or the nearest one above it that is there. */
async function checkTakesFiles(directory: string): Promise<void> {
  const found = await statOf(directory);
  if (!found) {
    if (dirname(directory) === directory) throw refusal('ENOENT');
    return checkTakesFiles(dirname(directory));
  }
  if (!found.isDirectory()) throw refusal('ENOTDIR');
  await access(directory, constants.W_OK | constants.X_OK);
  if (process.platform === 'linux' && systemFiles.has((await statfs(directory)).type))
    throw refusal('EACCES');
}
