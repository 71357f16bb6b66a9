/** Where reports go: `-` is standard output, and then people read on standard error. */
import { checkDirectory, checkKept, checkWritable } from '../../files/check.ts';
import { FileError } from '../../files/file-error.ts';
import { descriptorOf } from '../../files/place.ts';
import { writeFile } from '../../files/write.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { type Io, type Output, UsageError } from './io.ts';

export interface MachineOutput {
  readonly json?: string | undefined;
  readonly junit?: string | undefined;
  readonly html?: string | undefined;
  /** A file that results are kept in on the way. */
  readonly resume?: string | undefined;
  /** A directory. */
  readonly out?: string | undefined;
}

/** The stream for people. */
export function humanOutput(io: Io, { json, junit }: MachineOutput): Output {
  if (json === '-' && junit === '-')
    throw new UsageError(
      '--json - and --junit - cannot both use standard output: write one of them to a file',
    );
  return json === '-' || junit === '-' ? io.stderr : io.stdout;
}

/** Throws {@link FileError} for what could not be written at the end, before the work is done for it. Makes and opens nothing. */
export async function prepareOutput({ json, junit, html, resume, out }: MachineOutput): Promise<void> {
  for (const [option, file] of Object.entries({ html, resume })) {
    if (file === '-') throw new UsageError(`--${option} needs a file, not standard output`);
  }
  for (const file of [json, junit, html]) {
    if (file !== undefined && file !== '-') await checkWritable(file);
  }
  if (resume !== undefined) await checkKept(resume);
  if (out !== undefined) await checkDirectory(out);
}

/** A line for each file that could not be written. */
export class Unwritten {
  readonly #lines: string[] = [];

  readonly add = (line: string): void => {
    if (!this.#lines.includes(line)) this.#lines.push(line);
  };

  get text(): string {
    return this.#lines.join('; ');
  }

  /** The status of the command. Throws SetupError that tells it where something could not be written: then it is 2. */
  statusInstead(status: number): number {
    if (this.#lines.length === 0) return status;
    throw new SetupError(`${this.text}; ${otherwise(status)}`);
  }
}

const meanings: Readonly<Record<number, string>> = { 0: 'the answer is good', 1: 'the answer is bad' };

/** The verdict that is lost where output cannot be written. */
export function otherwise(status: number): string {
  const meaning = meanings[status];
  return meaning === undefined
    ? 'it was interrupted'
    : `otherwise the status would be ${status} (${meaning})`;
}

/** What cannot be written stops nothing, as there is more to write. */
export async function writeOutput(
  io: Io,
  file: string | undefined,
  text: () => string,
  unwritten: Unwritten,
): Promise<void> {
  if (file === undefined) return;
  const stream = await standardStreamAt(io, file);
  if (stream) stream.write(text());
  else await unlessUnwritten(() => writeFile(file, text(), io.signal), unwritten);
}

export async function unlessUnwritten(write: () => Promise<void>, unwritten: Unwritten): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    unwritten.add(error.message);
  }
}

/** After what was written to the stream before. */
async function standardStreamAt(io: Io, file: string): Promise<Output | undefined> {
  if (file === '-') return io.stdout;
  switch (await descriptorOf(file)) {
    case 1:
      return io.stdout;
    case 2:
      return io.stderr;
    default:
      return undefined;
  }
}
