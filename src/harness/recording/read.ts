/** Reading a recording, trace by trace. */

import { readLines } from '../../files/read-lines.ts';
import type { SqlError } from '../../model/kernel/sql-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { CommandFormat } from '../contract/model.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import type { Answer } from '../lockstep/answer.ts';
import { parseTrace } from '../trace/format.ts';
import { ChangingTables } from './changes.ts';
import {
  type AnswerLine,
  parseAnswerLine,
  parseEndLine,
  parseHeading,
  parseTraceLine,
  RecordingError,
  type RecordingHeading,
  type TraceLine,
} from './format.ts';
import { decodeRow } from './values.ts';

/** One trace of a recording, and what the real side answered. */
export interface RecordedTrace {
  /** Number of the trace, from 0. */
  readonly index: number;
  /** Of a kept trace: its file. */
  readonly name: string | undefined;
  readonly trace: Trace<AnyCommand>;
  /** In the order of the commands; what is not told has an answer all the same, that nobody compares. */
  answers(): Generator<Answer, void>;
}

/** Finds what reads the commands; what it throws names the engines and releases that are known. */
export type FormatOf = (engine: string, release: string) => Pick<CommandFormat<AnyCommand>, 'parseCommand'>;

/** The heading alone. Throws FileError and {@link RecordingError}. */
export async function readHeading(file: string, signal?: AbortSignal): Promise<RecordingHeading> {
  for await (const [first] of readLines(file, { isCompressed: true, signal })) return headingOf(file, first!);
  throw new RecordingError(`${file}: it is empty`);
}

/** Each trace in its order. Throws FileError and {@link RecordingError} where the file is not whole, at the place where that shows. */
export async function* readRecording(
  file: string,
  formatOf: FormatOf,
  signal?: AbortSignal,
): AsyncGenerator<RecordedTrace, void> {
  let heading: RecordingHeading | undefined;
  let open: { readonly line: TraceLine; readonly answers: AnswerLine[] } | undefined;
  const counts = { traces: 0, commands: 0 };
  let isEnded = false;
  let number = 0;
  for await (const lines of readLines(file, { isCompressed: true, signal })) {
    for (const text of lines) {
      number++;
      if (isEnded) throw new RecordingError(`${file}: line ${number}: it goes on behind its end`);
      const line = parsed(file, number, text);
      if (heading === undefined) {
        heading = parseHeading(file, line);
        formatOf(heading.engine, heading.release);
      } else if (open && open.answers.length < open.line.commands) {
        open.answers.push(parseAnswerLine(file, number, line));
        counts.commands++;
      } else if ('end' in Object(line)) {
        const { end } = parseEndLine(file, number, line);
        if (end.traces !== counts.traces || end.commands !== counts.commands) {
          throw new RecordingError(
            `${file}: it has ${counts.traces} traces with ${counts.commands} commands, and should have ${end.traces} with ${end.commands}`,
          );
        }
        isEnded = true;
      } else {
        open = { line: parseTraceLine(file, number, line), answers: [] };
        if (open.line.trace !== counts.traces) {
          throw new RecordingError(
            `${file}: line ${number}: trace ${open.line.trace} in place of ${counts.traces}`,
          );
        }
        counts.traces++;
      }
      if (open && open.answers.length === open.line.commands) {
        yield recorded(file, heading, open, formatOf);
        open = undefined;
      }
    }
  }
  if (!isEnded)
    throw new RecordingError(`${file}: ${heading ? 'its end is missing: it is cut off' : 'it is empty'}`);
}

function recorded(
  file: string,
  heading: RecordingHeading,
  { line, answers }: { readonly line: TraceLine; readonly answers: readonly AnswerLine[] },
  formatOf: FormatOf,
): RecordedTrace {
  const { engine, release } = heading;
  const commands = answers.map(({ at, command }) => ({ at, command }));
  const written = { engine, release, startedAt: line.startedAt, commands };
  const trace = parseTrace(written, formatOf, `${file}: trace ${line.trace}`);
  return { index: line.trace, name: line.name, trace, answers: () => answersOf(heading, trace, answers) };
}

function* answersOf(
  heading: RecordingHeading,
  trace: Trace<AnyCommand>,
  lines: readonly AnswerLine[],
): Generator<Answer, void> {
  const start = startOf(trace);
  const tables = new ChangingTables(heading.observed.tables);
  for (const { finishedAt = 0, rows = [], refusal, changes } of lines) {
    yield {
      result: refusal ? { ok: false, refusal: refusal as SqlError } : { ok: true, rows: rows.map(decodeRow) },
      finishedAt: start + finishedAt,
      tables: tables.apply(changes),
    };
  }
}

function headingOf(file: string, text: string): RecordingHeading {
  return parseHeading(file, parsed(file, 1, text));
}

function parsed(file: string, number: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordingError(
      `${file}: ${number === 1 ? 'not a recording' : `line ${number}: it is not JSON`}`,
    );
  }
}
