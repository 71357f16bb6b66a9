/** Writing to what has no end and no place of its own: pipes, sockets, and what the process was given open. */
import { closeSync, openSync, write, writeSync } from 'node:fs';
import { constants } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, refusal } from './file-error.ts';
import type { Place } from './place.ts';

/** How long a pipe with a name waits for its reader. */
const patienceMs = 30_000;
const intervalMs = 20;

/** A reader that goes away before it has read everything is no failure. */
export async function writeToPipe(
  place: Place & { kind: 'pipe' },
  parts: readonly Uint8Array[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const descriptor = await openPipe(place, signal);
  if (descriptor === undefined) return;
  await writeToSocket(descriptor, parts);
}

export async function writeToDescriptor(
  { number, isSocket }: Place & { kind: 'descriptor' },
  parts: readonly Uint8Array[],
): Promise<void> {
  if (isSocket) return writeToSocket(number, parts);
  for (const part of parts) {
    let at = 0;
    while (at < part.length) at += await writeSome(number, part.subarray(at));
  }
}

/** All of it, and at once; throws what the system refuses. A single call may write less on a disk that is almost full. */
export function writeAllSync(descriptor: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(descriptor, bytes, at);
}

/** Undefined where nothing reads it any more. Opening it as files are opened would wait where no signal gets through. */
async function openPipe(
  { path, isDescriptor }: Place & { kind: 'pipe' },
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (codeOf(error) !== 'ENXIO') throw error;
      if (isDescriptor) return undefined;
      if (signal?.aborted) throw refusal('ENXIO, as nothing reads it');
      if (performance.now() > until) throw refusal(`ENXIO, as nothing read it for ${patienceMs / 1000} s`);
    }
    await sleep(intervalMs);
  }
}

function writeToSocket(descriptor: number, parts: readonly Uint8Array[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = socketOn(descriptor);
    stream.on('error', (error) => (isReaderGone(error) ? resolve() : reject(error)));
    stream.on('finish', () => {
      stream.destroy();
      resolve();
    });
    for (const part of parts) stream.write(part);
    stream.end();
  });
}

function socketOn(descriptor: number): Socket {
  try {
    return new Socket({ fd: descriptor, readable: false, writable: true });
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Whoever read it has closed it. */
export const isReaderGone = (error: unknown): boolean => ['EPIPE', 'ECONNRESET'].includes(codeOf(error));

async function writeSome(descriptor: number, bytes: Uint8Array): Promise<number> {
  for (;;) {
    const written = await new Promise<number>((resolve, reject) => {
      write(descriptor, bytes, (error, count) => {
        if (!error) resolve(count);
        else if (codeOf(error) === 'EAGAIN') resolve(0);
        else reject(error);
      });
    });
    if (written > 0) return written;
    await sleep(intervalMs);
  }
}
