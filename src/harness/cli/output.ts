/** Where reports go: `-` is standard output, and then people read on standard error. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory } from '../../sql/make-directory.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { writeWhole } from '../evidence/write-whole.ts';
import { type Io, type Output, UsageError } from './io.ts';

export interface MachineOutput {
  readonly json?: string | undefined;
  readonly junit?: string | undefined;
  readonly html?: string | undefined;
  /** A file that results are kept in on the way. */
  readonly resume?: string | undefined;
}

/** The stream for people. */
export function humanOutput(io: Io, { json, junit }: MachineOutput): Output {
  if (json === '-' && junit === '-')
    throw new UsageError(
      '--json - and --junit - cannot both use standard output: write one of them to a file',
    );
  return json === '-' || junit === '-' ? io.stderr : io.stdout;
}

/** Throws {@link SetupError} for a file that could not be written at the end, before the work is done for it. */
export async function prepareOutput({ json, junit, html, resume }: MachineOutput): Promise<void> {
  for (const file of [json, junit, html, resume]) {
    if (file === undefined || file === '-') continue;
    try {
      await makeDirectory(dirname(file));
      await access(dirname(file), constants.W_OK);
    } catch (error) {
      throw new SetupError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
    const isDirectory = await stat(file).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isDirectory) throw new SetupError(`${file}: is a directory: name a file`);
  }
}

export async function writeOutput(io: Io, file: string | undefined, text: () => string): Promise<void> {
  if (file === '-') io.stdout.write(text());
  else if (file !== undefined) await writeWhole(file, text());
}
