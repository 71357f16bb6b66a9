/** Reading a large file of text line by line, compressed with gzip or not: never more than a part of it is in memory. */
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf, FileError, refusal } from './file-error.ts';
import { statOf } from './place.ts';
import { missing } from './read-text.ts';

const pieceBytes = 1 << 18;
/** UTF-16 units. */
const longestLine = 64_000_000;

export interface LinesOptions {
  readonly isCompressed: boolean;
  /** Whether it may still be written, so that what follows the last break is not all there and is left out. Default false. */
  readonly isGrowing?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The lines without their breaks, several at a time; what follows the last break is one as well. Throws {@link FileError} for what
 * is not there, no regular file, not compressed, damaged, cut off or no text in UTF-8.
 */
export async function* readLines(
  path: string,
  { isCompressed, isGrowing = false, signal }: LinesOptions,
): AsyncGenerator<string[]> {
  try {
    const found = await statOf(path);
    if (!found) throw refusal('ENOENT');
    if (!found.isFile()) throw new FileError(path, 'is not a regular file');
    const file = await open(path);
    // Of large pieces there are few, and each costs a turn.
    const bytes = file.createReadStream({ signal, highWaterMark: pieceBytes });
    // An error of either ends both; it is thrown where the last one is read.
    const stream = isCompressed ? pipeline(bytes, createGunzip({ chunkSize: pieceBytes }), () => {}) : bytes;
    yield* linesOf(path, stream, isGrowing);
  } catch (error) {
    if (error instanceof FileError || signal?.aborted) throw error;
    throw new FileError(path, reasonOf(error));
  }
}

async function* linesOf(
  path: string,
  stream: AsyncIterable<Buffer>,
  isGrowing: boolean,
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest: string[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const [first, ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    rest.push(first!);
    length += first!.length;
    if (length > longestLine)
      throw new FileError(path, `has a line of more than ${longestLine / 1_000_000} million characters`);
    if (others.length === 0) continue;
    const last = others.pop()!;
    yield [rest.join(''), ...others];
    rest = [last];
    length = last.length;
  }
  if (isGrowing) return;
  decoder.decode();
  const last = rest.join('');
  if (last !== '') yield [last];
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'ENOENT':
      return missing;
    case 'Z_DATA_ERROR':
      return 'is damaged, or was not compressed with gzip';
    case 'Z_BUF_ERROR':
      return 'is cut off';
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return 'is not text in UTF-8';
    default:
      return `cannot be read (${code})`;
  }
}
