/** Reading a trace file. */
import { readFile } from 'node:fs/promises';
import type { CommandFormat } from '../contract/model.ts';
import type { Trace } from '../contract/trace.ts';
import { parseTrace, TraceError } from './format.ts';

/** Reads a trace file; throws {@link TraceError} for a file that is not there, is not JSON or is not a trace. */
export async function readTraceFile<Command>(
  file: string,
  formatOf: (engine: string, release: string) => Pick<CommandFormat<Command>, 'parseCommand'>,
): Promise<Trace<Command>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.code})`;
    throw new TraceError(`${file}: ${why}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = (error as Error).message.replace(/\s+/g, ' ');
    throw new TraceError(`${file}: not JSON: ${why}`);
  }
  return parseTrace(json, formatOf, file);
}
