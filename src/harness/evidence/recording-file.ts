/**
 * The file of a recording. What is done so far lies beside it in `FILE.part`, as text: an interrupted run goes on there, and FILE itself is
 * whole or not there.
 */
import { createGzip } from 'node:zlib';
import { readLines } from '../../files/read-lines.ts';
import { appendToFile, beingWritten, removeFile, truncateFile, writeFile } from '../../files/write.ts';
import type { RecordingKeeper } from '../commands/record.ts';
import type { RecordingHeading } from '../recording/format.ts';
import type { NamedTrace } from '../recording/record.ts';
import { readPart } from './recording-part.ts';

export class RecordingFile implements RecordingKeeper {
  readonly file: string;
  readonly #part: string;
  /** Of the part, in bytes. Where it has another, somebody else writes it. */
  #size = 0;

  constructor(file: string) {
    this.file = file;
    this.#part = `${file}.part`;
  }

  /** Throws SetupError where a part of another recording is there. */
  async begin(heading: RecordingHeading, traceAt: (index: number) => NamedTrace | undefined) {
    const found = await readPart(this.#part, heading, traceAt);
    if (found) {
      await truncateFile(this.#part, found.size);
      this.#size = found.size;
      return { heading: found.heading, done: found.done };
    }
    const line = `${JSON.stringify(heading)}\n`;
    await writeFile(this.#part, line);
    this.#size = Buffer.byteLength(line);
    return { heading, done: undefined };
  }

  /** Throws FileError where another run writes the same file. */
  async add(lines: string): Promise<void> {
    await appendToFile(this.#part, lines, this.#size);
    this.#size += Buffer.byteLength(lines);
  }

  async end(lines: string): Promise<void> {
    await this.add(lines);
    await writeFile(this.file, await compressed(this.#part, this.#size));
    await removeFile(this.#part);
  }
}

/** The same bytes for the same text, whatever the system. Throws FileError where it does not have that size in bytes. */
async function compressed(path: string, size: number): Promise<Uint8Array[]> {
  const gzip = createGzip({ level: 9 });
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    gzip.on('end', resolve).on('error', reject);
  });
  let read = 0;
  for await (const lines of readLines(path, { isCompressed: false })) {
    const text = lines.map((line) => `${line}\n`).join('');
    read += Buffer.byteLength(text);
    if (!gzip.write(text)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await ended;
  if (read !== size) throw beingWritten(path);
  const bytes = Buffer.concat(parts);
  // Which system compressed it.
  bytes[9] = 255;
  return [bytes];
}
