/**
 * The file of a recording. What is done so far lies beside it in `FILE.part`, as text: an interrupted run goes on there, and FILE itself is
 * whole or not there.
 */
import { createGzip } from 'node:zlib';
import { FileError } from '../../files/file-error.ts';
import { readLines } from '../../files/read-lines.ts';
import { missing } from '../../files/read-text.ts';
import { appendToFile, removeFile, writeFile } from '../../files/write.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { RecordingKeeper } from '../commands/record.ts';
import { shortened } from '../contract/names.ts';
import { parseHeading, type RecordingHeading } from '../recording/format.ts';
import type { Done } from '../recording/record.ts';

export class RecordingFile implements RecordingKeeper {
  readonly file: string;
  readonly #part: string;

  constructor(file: string) {
    this.file = file;
    this.#part = `${file}.part`;
  }

  /** Throws SetupError where a part of another recording is there. */
  async begin(heading: RecordingHeading) {
    const found = await this.#read();
    if (!found) {
      await writeFile(this.#part, `${JSON.stringify(heading)}\n`);
      return { heading, done: undefined };
    }
    this.#expectSame(found.heading, heading);
    // What was being written when the last run ended is not all there.
    await writeFile(
      this.#part,
      found.whole.map((text) => Buffer.from(text)),
    );
    return { heading: found.heading, done: found.done };
  }

  add(lines: string): Promise<void> {
    return appendToFile(this.#part, lines);
  }

  async end(lines: string): Promise<void> {
    await this.add(lines);
    await writeFile(this.file, await compressed(this.#part));
    await removeFile(this.#part);
  }

  /** The traces of it that are whole. */
  async #read() {
    let heading: RecordingHeading | undefined;
    const whole: string[] = [];
    const counts = { traces: 0, commands: 0 };
    let lines: string[] = [];
    let left = 0;
    try {
      for await (const some of readLines(this.#part, { isCompressed: false })) {
        for (const text of some) {
          if (!heading) {
            const line = json(text);
            // Not even that was all written.
            if (line === undefined) return undefined;
            heading = parseHeading(this.#part, line);
            whole.push(`${text}\n`);
            continue;
          }
          const isBegun = lines.length > 0;
          const commands = isBegun ? undefined : Object(json(text)).commands;
          // Its end, which was written before the file itself was.
          if (!isBegun && typeof commands !== 'number') continue;
          left = isBegun ? left - 1 : commands;
          lines.push(text);
          if (left > 0 || json(text) === undefined) continue;
          counts.traces++;
          counts.commands += lines.length - 1;
          whole.push(`${lines.join('\n')}\n`);
          lines = [];
        }
      }
    } catch (error) {
      if (error instanceof FileError && error.reason === missing) return undefined;
      throw error;
    }
    return heading && { heading, whole, done: counts satisfies Done };
  }

  #expectSame(found: RecordingHeading, wanted: RecordingHeading): void {
    for (const [key, value] of Object.entries(wanted)) {
      const before = found[key as keyof RecordingHeading];
      if (key === 'recordedAt' || JSON.stringify(before) === JSON.stringify(value)) continue;
      const words = (each: unknown) => shortened(JSON.stringify(each) ?? 'missing', 200);
      throw new SetupError(
        `${this.#part}: it is a part of another recording (${key} ${words(before)}, now ${words(value)}): remove it, or name another file with --out`,
      );
    }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same bytes for the same text, whatever the system. */
async function compressed(path: string): Promise<Uint8Array[]> {
  const gzip = createGzip({ level: 9 });
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    gzip.on('end', resolve).on('error', reject);
  });
  for await (const lines of readLines(path, { isCompressed: false })) {
    const text = lines.map((line) => `${line}\n`).join('');
    if (!gzip.write(text)) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  gzip.end();
  await ended;
  const bytes = Buffer.concat(parts);
  // Which system compressed it.
  bytes[9] = 255;
  return [bytes];
}
