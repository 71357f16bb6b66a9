/**
 * How the project writes: the one place that opens a file for writing. A reader of a regular file sees all of it or what was
 * there before; what is no regular file is written in place.
 */
import type { Stats } from 'node:fs';
import { constants, type FileHandle, open, rename, rm, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkPlace } from './check.ts';
import { writeToDescriptor, writeToPipe } from './descriptors.ts';
import { newDraft, removeAbandonedDrafts } from './drafts.ts';
import { codeOf, FileError, unwritable } from './file-error.ts';
import { makeDirectory } from './make-directory.ts';
import { type Place, placeOf } from './place.ts';

/** What is one after the other in the file. */
export type Parts = readonly Uint8Array[];

/**
 * A new file with its directory, or another content for the file that is there, whose mode stays. Links are followed.
 * Throws {@link FileError} where it cannot be written; then a regular file is as it was. Where the signal is aborted, no reader of
 * a pipe is waited for.
 */
export async function writeFile(path: string, content: string | Parts, signal?: AbortSignal): Promise<void> {
  const parts = typeof content === 'string' ? [Buffer.from(content)] : content;
  const place = await placeOf(path);
  await checkPlace(path, place);
  try {
    await writeTo(place, parts, signal);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** At the end of a regular file, which has `size` bytes so far. Throws {@link FileError}, also where it has more or less. */
export async function appendToFile(path: string, text: string, size?: number): Promise<void> {
  const place = await placeOf(path);
  if (place.kind !== 'file') throw new FileError(path, 'is not a regular file', 'name another');
  await checkPlace(path, place);
  try {
    const flags = size === undefined ? 'a' : constants.O_WRONLY | constants.O_APPEND;
    await withOpen(await open(place.path, flags), async (file) => {
      if (size !== undefined && (await file.stat()).size !== size) {
        throw beingWritten(path);
      }
      await file.writeFile(text);
    });
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** A file that somebody else changed meanwhile. */
export const beingWritten = (path: string): FileError =>
  new FileError(
    path,
    'is being written by another process as well',
    'end one of them, and name another file',
  );

/** A regular file that is there, without what follows so many bytes. Throws {@link FileError}. */
export async function truncateFile(path: string, size: number): Promise<void> {
  try {
    await withOpen(await open(path, 'r+'), (file) => file.truncate(size));
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Also where it is not there. */
export const removeFile = (path: string): Promise<void> => rm(path, { force: true });

/** Its last change is now. */
export async function touchFile(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

function writeTo(place: Place, parts: Parts, signal: AbortSignal | undefined): Promise<void> {
  switch (place.kind) {
    case 'file':
      return writeRegular(place.path, place.before, parts);
    case 'pipe':
      return writeToPipe(place, parts, signal);
    case 'descriptor':
      return writeToDescriptor(place, parts);
    case 'device':
      return writeOver(place.path, parts);
  }
}

/** Of a directory that takes no draft, of a place that nothing can be renamed to, and of an owner that we cannot give a file to. */
const irreplaceable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EBUSY', 'EXDEV']);

async function writeRegular(path: string, before: Stats | undefined, parts: Parts): Promise<void> {
  // The file has other names, which would go on to name what was there before.
  if (before && before.nlink > 1) return writeOver(path, parts, before.size);
  if (!before) await makeDirectory(dirname(path));
  await removeAbandonedDrafts(dirname(path));
  try {
    await replace(path, before, parts);
  } catch (error) {
    if (!before || !irreplaceable.has(codeOf(error))) throw error;
    await writeOver(path, parts, before.size);
  }
}

async function replace(path: string, before: Stats | undefined, parts: Parts): Promise<void> {
  const draft = newDraft(dirname(path));
  try {
    // Nobody may read it meanwhile who could not read what was there.
    await withOpen(await open(draft.path, 'wx', before ? before.mode & 0o777 : 0o666), async (file) => {
      for (const part of parts) await file.writeFile(part);
      if (before) await keepOwnerAndMode(file, before);
    });
    await rename(draft.path, path);
  } finally {
    await draft.remove();
  }
}

async function keepOwnerAndMode(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const made = await file.stat();
  const isOurs = made.uid === uid && made.gid === gid;
  if (!isOurs) await file.chown(uid, gid);
  if (!isOurs || made.mode !== mode) await file.chmod(mode & 0o7777);
}

/** Without making it, and without emptying it first, which a full disk would leave empty. */
async function writeOver(path: string, parts: Parts, sizeBefore = 0): Promise<void> {
  await withOpen(await open(path, constants.O_WRONLY | (constants.O_NOCTTY ?? 0)), async (file) => {
    for (const part of parts) await file.writeFile(part);
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    if (size < sizeBefore) await file.truncate(size);
  });
}

async function withOpen(file: FileHandle, use: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
