/** A text that the command line names: a file, or a pipe that somebody writes. */
import { readText } from '../../files/read-text.ts';
import { InterruptedError } from '../../sql/driver.ts';

/** Throws FileError for what cannot be read, and {@link InterruptedError} where the signal is aborted while a pipe is silent. */
export async function readInput(file: string, signal?: AbortSignal): Promise<string> {
  try {
    return await readText(file, { mayBePipe: true, signal });
  } catch (error) {
    throw signal?.aborted ? new InterruptedError(`interrupted while ${file} was read`) : error;
  }
}
