/** Reading a recording, trace by trace. */

import { readLines } from '../../files/read-lines.ts';
import type { SqlError } from '../../model/kernel/sql-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { AnyRelease } from '../contract/engine.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import type { Answer, Known } from '../lockstep/answer.ts';
import { parseEntries } from '../trace/format.ts';
import { describeIssue } from '../trace/issue.ts';
import { findTooLarge, mostNested } from '../trace/limits.ts';
import { ChangingTables } from './changes.ts';
import {
  type AnswerLine,
  checkTold,
  knownOf,
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
  /** For messages: the file, and the number of the trace. */
  readonly place: string;
  /** Of a kept trace: its file. */
  readonly name: string | undefined;
  readonly trace: Trace<AnyCommand>;
  /** In the order of the commands; what is not told has an answer all the same, that nobody compares. */
  answers(): Generator<Answer, void>;
}

/** Finds what reads the commands; what it throws names the engines and releases that are known. */
export type FormatOf = (
  engine: string,
  release: string,
) => Pick<AnyRelease, 'parseCommand' | 'project' | 'machine'>;

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
  let known: Known | undefined;
  let open: OpenTrace | undefined;
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
        const release = formatOf(heading.engine, heading.release);
        known = knownOf(heading, release);
      } else if (open && open.answers.length < open.line.commands) {
        const answer = parseAnswerLine(file, number, line);
        checkTold(`${file}: line ${number}`, answer, known);
        open.answers.push(answer);
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
        open = { line: parseTraceLine(file, number, line), number, answers: [] };
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
  if (counts.traces === 0) throw new RecordingError(`${file}: it has no trace`);
}

interface OpenTrace {
  readonly line: TraceLine;
  /** Of that line. */
  readonly number: number;
  readonly answers: AnswerLine[];
}

function recorded(
  file: string,
  heading: RecordingHeading,
  { line, number, answers }: OpenTrace,
  formatOf: FormatOf,
): RecordedTrace {
  const { engine, release } = heading;
  const name = `${file}: trace ${line.trace}`;
  const tooLarge = findTooLarge(answers.map(({ command }) => command));
  if (tooLarge) throw new RecordingError(`${name}: ${describeIssue(tooLarge)}`);
  const { startedAt } = line;
  const commands = parseEntries(answers, startedAt, formatOf(engine, release), name);
  const trace = { engine, release, startedAt, commands };
  return {
    index: line.trace,
    place: name,
    name: line.name,
    trace,
    answers: () => answersOf(heading, trace, answers, (i) => `${file}: line ${number + 1 + i}`),
  };
}

function* answersOf(
  heading: RecordingHeading,
  trace: Trace<AnyCommand>,
  lines: readonly AnswerLine[],
  placeOf: (position: number) => string,
): Generator<Answer, void> {
  const start = startOf(trace);
  const tables = new ChangingTables(heading.observed.tables);
  for (const [position, { finishedAt = 0, rows = [], refusal, changes }] of lines.entries()) {
    const at = (part: string) => `${placeOf(position)}: ${part}`;
    yield {
      result: refusal
        ? { ok: false, refusal: refusal as SqlError }
        : {
            ok: true,
            rows: readable(
              () => at('rows'),
              () => rows.map(decodeRow),
            ),
          },
      finishedAt: start + finishedAt,
      tables: readable(
        () => at('changes'),
        () => tables.apply(changes),
      ),
    };
  }
}

/** Throws {@link RecordingError} for what cannot be read although it has the right form. */
function readable<T>(place: () => string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new RecordingError(`${place()}: ${(error as Error).message}`);
  }
}

function headingOf(file: string, text: string): RecordingHeading {
  return parseHeading(file, parsed(file, 1, text));
}

function parsed(file: string, number: number, text: string): unknown {
  // What compares values and prints them walks down as deep as they are.
  if (hasManyBrackets(text) && depthOf(text) > mostNested) {
    throw new RecordingError(`${file}: line ${number}: nested more than ${mostNested} deep`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordingError(
      `${file}: ${number === 1 ? 'not a recording' : `line ${number}: it is not JSON`}`,
    );
  }
}

/** Seldom, and fast to tell. */
function hasManyBrackets(text: string): boolean {
  if (text.length < 2 * mostNested) return false;
  let brackets = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b || code === 0x7b) brackets++;
  }
  return brackets > mostNested;
}

/** Of JSON, how deep its lists and objects are nested. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return most;
}
