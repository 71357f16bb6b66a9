/** Writing a recording, line by line: any program that can ask an engine can make one. */
import type { AnyCommand } from '../contract/command.ts';
import type { Observation } from '../contract/observation.ts';
import { startOf, type Trace, type TraceEntry } from '../contract/trace.ts';
import type { Answer } from '../lockstep/answer.ts';
import { changesBetween, type KeyOf } from './changes.ts';
import type { RecordingHeading } from './format.ts';
import { encodeRow } from './values.ts';

/** What is told of an answer: less where the heading says that less is observed. */
export interface ToldAnswer extends Partial<Answer> {
  /** What `gen_random_uuid()` gave during the command, for whoever executes it again. */
  readonly uuid?: string | undefined;
  /** Whether the order of the rows is promised. Default true. */
  readonly isOrdered?: boolean | undefined;
}

/**
 * Gives the lines of a recording to `write`, each with its line break: the heading at once, then those of each trace, and
 * the last with `end`. Compress them with gzip.
 */
export class RecordingWriter {
  readonly #heading: RecordingHeading;
  readonly #write: (line: string) => void;
  readonly #keyOf: KeyOf;
  readonly #fresh: Observation;
  #before: Observation;
  #traces: number;
  #commands: number;

  /**
   * `keyOf` gives the columns by which the rows of a table are told apart. `done`: what a part of it that was written before holds; then there is no heading.
   */
  constructor(
    heading: RecordingHeading,
    keyOf: KeyOf,
    write: (line: string) => void,
    done?: { readonly traces: number; readonly commands: number },
  ) {
    this.#heading = heading;
    this.#write = write;
    this.#keyOf = keyOf;
    this.#fresh = new Map(Object.keys(heading.observed.tables).map((table) => [table, []]));
    this.#before = this.#fresh;
    this.#traces = done?.traces ?? 0;
    this.#commands = done?.commands ?? 0;
    if (!done) this.#line(heading);
  }

  /** Begins the next trace; then comes the answer to each of its commands. */
  trace(
    { startedAt, commands }: Pick<Trace<AnyCommand>, 'startedAt' | 'commands'>,
    name?: string,
  ): TraceWriter {
    const trace = this.#traces++;
    this.#line({ trace, ...(name !== undefined && { name }), startedAt, commands: commands.length });
    this.#before = this.#fresh;
    const start = startOf({ startedAt });
    return { answer: (entry, answer) => this.#answer(entry, answer, start) };
  }

  end(): void {
    this.#line({ end: { traces: this.#traces, commands: this.#commands } });
  }

  #answer({ at, command }: TraceEntry<AnyCommand>, answer: ToldAnswer, start: number): void {
    const { results, instants, tables: fresh, otherTables } = this.#heading.observed;
    const { result, finishedAt, tables = new Map(), uuid, isOrdered = true } = answer;
    // A recorder gives the tables that it tells from the beginning, and others only where it says so.
    const told = otherTables ? tables : new Map([...tables].filter(([name]) => Object.hasOwn(fresh, name)));
    const isTold = Array.isArray(results) ? results.includes(command.type) : results;
    const isToldResult = result !== undefined && isTold;
    this.#line({
      at,
      command,
      ...(finishedAt !== undefined && instants && { finishedAt: finishedAt - start }),
      ...(uuid !== undefined && { uuid }),
      ...(isToldResult && (result.ok ? { rows: result.rows.map(encodeRow) } : { refusal: result.refusal })),
      ...(isToldResult && result.ok && result.rows.length > 1 && !isOrdered && { unordered: true }),
      changes: changesBetween(this.#before, told, this.#keyOf),
    });
    this.#before = told;
    this.#commands++;
  }

  #line(value: object): void {
    this.#write(`${JSON.stringify(value)}\n`);
  }
}

export interface TraceWriter {
  answer(entry: TraceEntry<AnyCommand>, answer: ToldAnswer): void;
}
