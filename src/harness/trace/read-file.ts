/** Reading a trace file. */
import { FileError } from '../../files/file-error.ts';
import { ExactNumber, parseJson } from '../../sql/json-text.ts';
import type { CommandFormat } from '../contract/model.ts';
import type { Trace } from '../contract/trace.ts';
import { parseTrace, TraceError } from './format.ts';
import { describeIssue } from './issue.ts';
import { findTooLarge } from './limits.ts';
import { readInput } from './read-input.ts';

/** Reads a trace file; throws {@link TraceError} for a file that is not there, is not JSON or is not a trace. */
export async function readTraceFile<Command>(
  file: string,
  formatOf: (engine: string, release: string) => Pick<CommandFormat<Command>, 'parseCommand'>,
  signal?: AbortSignal,
): Promise<Trace<Command>> {
  const text = await readInput(file, signal).catch((error) => {
    throw error instanceof FileError ? new TraceError(error.message) : error;
  });
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    const why = (error as Error).message.replace(/\s+/g, ' ');
    throw new TraceError(`${file}: not JSON: ${why}`);
  }
  const changed = findTooLarge(json) ?? findExactNumber(json);
  if (changed) throw new TraceError(`${file}: ${describeIssue(changed)}`);
  return parseTrace(json, formatOf, file);
}

/** A trace is executed by the model with JavaScript's numbers, so one that they do not hold would be another command. */
function findExactNumber(
  json: unknown,
  path: readonly PropertyKey[] = [],
): { path: readonly PropertyKey[]; message: string } | undefined {
  if (json instanceof ExactNumber) {
    const { digits } = json;
    const message = `a JavaScript number cannot hold ${digits}, it would become ${Number(digits) + 0}: use fewer digits, or a string where the value may be any JSON`;
    return { path, message };
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const entries: Iterable<[PropertyKey, unknown]> = Array.isArray(json)
    ? json.entries()
    : Object.entries(json);
  for (const [key, value] of entries) {
    const found = findExactNumber(value, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
