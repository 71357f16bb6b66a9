/** Where reports go: `-` is standard output, and then people read on standard error. */
import { checkKept, checkWritable } from '../../files/check.ts';
import { writeFile } from '../../files/write.ts';
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

/** Throws FileError for what could not be written at the end, before the work is done for it. Makes and opens nothing. */
export async function prepareOutput({ json, junit, html, resume }: MachineOutput): Promise<void> {
  for (const file of [json, junit, html]) {
    if (file !== undefined && file !== '-') await checkWritable(file);
  }
  if (resume !== undefined) await checkKept(resume);
}

export async function writeOutput(io: Io, file: string | undefined, text: () => string): Promise<void> {
  if (file === '-') io.stdout.write(text());
  else if (file !== undefined) await writeFile(file, text());
}
