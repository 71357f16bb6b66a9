/** What an interrupted run left in `FILE.part`: the traces of it that are whole, and are those that are recorded now. */
import { FileError } from '../../files/file-error.ts';
import { readLines } from '../../files/read-lines.ts';
import { missing } from '../../files/read-text.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { shortened } from '../contract/names.ts';
import { parseAnswerLine, parseHeading, type RecordingHeading } from '../recording/format.ts';
import type { Done, NamedTrace } from '../recording/record.ts';

export interface FoundPart {
  readonly heading: RecordingHeading;
  readonly done: Done;
  /** In bytes, up to the end of the last trace that is whole. What follows was being written when the run ended. */
  readonly size: number;
}

const advice = 'remove it, or name another file with --out';

/**
 * `traceAt` gives what is recorded now, nothing behind the last. Undefined where nothing was written yet. Throws SetupError for a part
 * of something else.
 */
export async function readPart(
  part: string,
  wanted: RecordingHeading,
  traceAt: (index: number) => NamedTrace | undefined,
): Promise<FoundPart | undefined> {
  let heading: RecordingHeading | undefined;
  const done = { traces: 0, commands: 0 };
  let [size, read, number] = [0, 0, 0];
  let open: OpenTrace | undefined;
  const traceDone = (commands: number) => {
    done.traces++;
    done.commands += commands;
    size = read;
    open = undefined;
  };
  for await (const text of linesOf(part)) {
    number++;
    read += Buffer.byteLength(text) + 1;
    const line = json(text);
    if (!heading) {
      if (line === undefined) throw new SetupError(`${part}: it is no part of a recording: ${advice}`);
      heading = parseHeading(part, line);
      expectSame(part, heading, wanted);
      size = read;
      continue;
    }
    if (!open) {
      const expected = traceAt(done.traces);
      // Its end; or more than is asked for now.
      if (!expected || 'end' in Object(line)) break;
      open = new OpenTrace(part, done.traces, expected, line);
    } else open.add(line, number);
    if (open.isWhole) traceDone(open.count);
  }
  return heading && { heading, done, size };
}

/** A trace of which not all lines were seen. Each must be what would be written now. */
class OpenTrace {
  readonly #part: string;
  readonly #index: number;
  readonly #expected: NamedTrace;
  count = 0;

  constructor(part: string, index: number, expected: NamedTrace, line: unknown) {
    this.#part = part;
    this.#index = index;
    this.#expected = expected;
    const { name, trace } = expected;
    const { startedAt, commands } = trace;
    const wanted = {
      trace: index,
      ...(name !== undefined && { name }),
      startedAt,
      commands: commands.length,
    };
    this.#expect(line, wanted);
  }

  get isWhole(): boolean {
    return this.count === this.#expected.trace.commands.length;
  }

  add(line: unknown, number: number): void {
    const { at, command } = parseAnswerLine(this.#part, number, line);
    this.#expect({ at, command }, this.#expected.trace.commands[this.count]);
    this.count++;
  }

  #expect(found: unknown, wanted: unknown): void {
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    const name = this.#expected.name ?? 'a sample';
    throw new SetupError(
      `${this.#part}: its trace ${this.#index} (${name}) is not the one that is recorded now: ${advice}`,
    );
  }
}

/** Those that end with a break. None where there is no such file. */
async function* linesOf(part: string): AsyncGenerator<string> {
  try {
    for await (const lines of readLines(part, { isCompressed: false, isGrowing: true })) yield* lines;
  } catch (error) {
    if (!(error instanceof FileError && error.reason === missing)) throw error;
  }
}

function expectSame(part: string, found: RecordingHeading, wanted: RecordingHeading): void {
  for (const [key, value] of Object.entries(wanted)) {
    const before = found[key as keyof RecordingHeading];
    if (key === 'recordedAt' || JSON.stringify(before) === JSON.stringify(value)) continue;
    const words = (each: unknown) => shortened(JSON.stringify(each) ?? 'missing', 200);
    throw new SetupError(
      `${part}: it is a part of another recording (${key} ${words(before)}, now ${words(value)}): ${advice}`,
    );
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
