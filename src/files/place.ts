/** What stands at a path, and so how it is written; told without opening, making or changing anything. */
import { fstatSync, readdirSync, readlinkSync, type Stats, writeSync } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { codeOf, FileError, refusal, unwritable } from './file-error.ts';

export type Place =
  /** A regular file, or none yet. Links are followed: the path is that of the file itself. */
  | { readonly kind: 'file'; readonly path: string; readonly before: Stats | undefined }
  | { readonly kind: 'pipe'; readonly path: string; readonly isDescriptor: boolean }
  | { readonly kind: 'device'; readonly path: string }
  /** Open in this process, and written where it stands. */
  | { readonly kind: 'descriptor'; readonly number: number; readonly isSocket: boolean };

/** Throws {@link FileError} where nothing can be written: a directory, a socket, a descriptor that is not open. */
export async function placeOf(path: string): Promise<Place> {
  if (path === '') throw new FileError(path, 'names no file');
  if (path.endsWith('/') || path.endsWith(sep)) throw directory(path);
  try {
    const end = await endOfLinks(path, 0);
    const number = descriptorAt(end);
    return number === undefined ? await placeAt(path, end) : placeOfDescriptor(end, number);
  } catch (error) {
    throw unwritable(path, error);
  }
}

const directory = (path: string) => new FileError(path, 'is a directory', 'name a file');

async function placeAt(named: string, path: string): Promise<Place> {
  const found = await statOf(path);
  if (found?.isDirectory()) throw directory(named);
  if (found?.isSocket()) throw new FileError(named, 'cannot be written (ENXIO), as it is a socket');
  if (found?.isFIFO()) return { kind: 'pipe', path, isDescriptor: false };
  // What another process has open can be written, but not replaced.
  if (!found || (found.isFile() && !open.test(path))) return { kind: 'file', path, before: found };
  return { kind: 'device', path };
}

/** Undefined for what is not there. */
export async function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

function placeOfDescriptor(path: string, number: number): Place {
  const found = fstatSync(number);
  if (found.isDirectory()) throw refusal('EISDIR');
  checkOpenForWriting(number);
  if (found.isFIFO()) {
    if (isOwnPipe(number)) throw refusal('EBADF');
    return { kind: 'pipe', path, isDescriptor: true };
  }
  return { kind: 'descriptor', number, isSocket: found.isSocket() };
}

/** Writing nothing leaves no trace, and fails where the descriptor was opened for reading. */
function checkOpenForWriting(number: number): void {
  try {
    writeSync(number, new Uint8Array(0));
  } catch (error) {
    if (['EBADF', 'EINVAL'].includes(codeOf(error))) throw error;
  }
}

/** Node talks to itself through pipes that have both their ends in this process; writing there would end it. */
function isOwnPipe(number: number): boolean {
  const directory = '/proc/self/fd';
  try {
    const pipe = readlinkSync(`${directory}/${number}`);
    return readdirSync(directory).some((other) => {
      try {
        if (readlinkSync(`${directory}/${other}`) !== pipe) return false;
        checkOpenForWriting(Number(other));
        return false;
      } catch (error) {
        return codeOf(error) === 'EBADF';
      }
    });
  } catch {
    return false;
  }
}

/** What a process has open, by its descriptor: links that lead to no path. */
const open = /^(?:\/proc\/(?<process>\d+)(?:\/task\/\d+)?\/fd|\/dev\/fd)\/(?<number>\d{1,9})$/;

/** Of this process; `/dev/stdout` and `/proc/self/fd/1` are 1. */
export async function descriptorOf(path: string): Promise<number | undefined> {
  return descriptorAt(await endOfLinks(path, 0).catch(() => ''));
}

function descriptorAt(path: string): number | undefined {
  const { process: owner, number } = open.exec(path)?.groups ?? {};
  return number === undefined || (owner ?? `${process.pid}`) !== `${process.pid}`
    ? undefined
    : Number(number);
}

const mostLinks = 40;

/** Where the links end, even if nothing is there. */
async function endOfLinks(path: string, links: number): Promise<string> {
  const at = await withoutLinksAbove(path);
  if (open.test(at)) return at;
  const target = await readlink(at).catch((error) => {
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(codeOf(error))) return undefined;
    throw error;
  });
  if (target === undefined) return at;
  if (links === mostLinks) throw refusal('ELOOP');
  return endOfLinks(resolve(dirname(at), target), links + 1);
}

async function withoutLinksAbove(path: string): Promise<string> {
  try {
    return join(await realpath(dirname(path)), basename(path));
  } catch (error) {
    // The directory is still to be made.
    if (codeOf(error) === 'ENOENT') return resolve(path);
    throw error;
  }
}
