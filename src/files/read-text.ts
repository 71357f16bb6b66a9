/** How the project reads text that is not its own: UTF-8, of a limited size, and not for ever. */
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, type Stats } from 'node:fs';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { Socket } from 'node:net';
import { isatty, ReadStream } from 'node:tty';
import { codeOf, FileError, refusal } from './file-error.ts';
import { descriptorOf, statOf } from './place.ts';

/** Of a trace, a report, a list or a file of SQL. */
export const mostMegabytes = 64;
const megabyte = 1_000_000;
const chunkSize = 1 << 18;
/** How long a pipe or a terminal may be silent. */
export const patienceMs = 30_000;

export const missing = 'there is no such file';

export interface Reading {
  /** Whether it may be a pipe or a terminal as well: it is read once, and was named on the command line. */
  readonly mayBePipe?: boolean;
  /** Whether its writer may have been stopped: what follows the last line break need not be whole. */
  readonly mayBeCut?: boolean;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  /** Default {@link patienceMs}. */
  readonly patienceMs?: number;
}

/** Without a byte order mark. Throws {@link FileError} for what is not there, is no text, is too large or does not end. */
export async function readText(path: string, reading: Reading = {}): Promise<string> {
  const bytes = await readBytes(path, reading);
  // What is not UTF-8 would be read as something else.
  const whole = reading.mayBeCut ? bytes.subarray(0, bytes.lastIndexOf('\n') + 1) : bytes;
  if (!isUtf8(whole)) throw new FileError(path, 'is not text in UTF-8', 'save it in that encoding');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

async function readBytes(path: string, reading: Reading): Promise<Buffer> {
  try {
    const found = await statOf(path);
    if (!found) throw refusal('ENOENT');
    if (found.isFile()) return await readRegular(path, found);
    if (found.isDirectory()) throw refusal('EISDIR');
    return await readStream(path, found, reading);
  } catch (error) {
    if (error instanceof FileError) throw error;
    const code = codeOf(error);
    throw new FileError(path, code === 'ENOENT' ? missing : `cannot be read (${code})`);
  }
}

async function readRegular(path: string, { size }: Stats): Promise<Buffer> {
  if (size > mostMegabytes * megabyte) throw tooLarge(path, `has ${Math.ceil(size / megabyte)} MB`);
  // Should it no longer be one, opening it must not wait.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return await collected(path, chunksOf(file));
  } finally {
    await file.close();
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize));
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function readStream(path: string, found: Stats, reading: Reading): Promise<Buffer> {
  const { mayBePipe = false, patienceMs: patience = patienceMs, signal } = reading;
  const notRegular = new FileError(path, 'is not a regular file');
  if (!mayBePipe || found.isBlockDevice()) throw notRegular;
  const descriptor = found.isSocket()
    ? await descriptorOf(path)
    : openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  const isTerminal = descriptor !== undefined && isatty(descriptor);
  if (descriptor === undefined) throw notRegular;
  if (found.isCharacterDevice() && !isTerminal) {
    closeSync(descriptor);
    throw notRegular;
  }
  // These wait without keeping the process from its end, and also for whoever opens a pipe later.
  const stream = isTerminal
    ? new ReadStream(descriptor)
    : new Socket({ fd: descriptor, readable: true, writable: false });
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stream.destroy(new FileError(path, `nothing came from it for ${patience / 1000} s`));
    }, patience);
  };
  wait();
  const giveUp = () => stream.destroy(new FileError(path, 'was not read, as this was interrupted'));
  if (signal?.aborted) giveUp();
  signal?.addEventListener('abort', giveUp);
  try {
    return await collected(path, stream, wait);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
    stream.destroy();
  }
}

async function collected(
  path: string,
  stream: AsyncIterable<Buffer>,
  onData: () => void = () => {},
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    onData();
    size += chunk.length;
    if (size > mostMegabytes * megabyte) throw tooLarge(path, `has more than ${mostMegabytes} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (path: string, has: string) =>
  new FileError(path, `${has}, and at most ${mostMegabytes} MB are read`);
