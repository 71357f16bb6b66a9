/** Making a recording: traces on the real side, and every answer written down. */
import type { SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Comparison } from '../contract/comparison.ts';
import type { Trace } from '../contract/trace.ts';
import type { Answer } from '../lockstep/answer.ts';
import { drawnUuid } from '../lockstep/drawn-uuid.ts';
import { type AskedRelease, SqlSide } from '../lockstep/sql-side.ts';
import { keyIn } from './changes.ts';
import type { RecordingHeading } from './format.ts';
import { RecordingWriter } from './writer.ts';

export type RecordedRelease = AskedRelease<AnyCommand> & {
  readonly comparison: Pick<Comparison<AnyCommand>, 'key' | 'resultIsOrdered'>;
};

/** What is told of a real side that is at hand: all of it. */
export async function observedOf(
  release: RecordedRelease,
  driver: SqlDriver,
  startedAt: number,
): Promise<RecordingHeading['observed']> {
  const fresh = await new SqlSide(release, driver).observeFresh(startedAt);
  const { key } = release.comparison;
  return {
    results: true,
    instants: true,
    tables: Object.fromEntries([...fresh].map(([table, rows]) => [table, [...keyIn(rows, key(table))]])),
    otherTables: true,
  };
}

export interface NamedTrace {
  readonly trace: Trace<AnyCommand>;
  /** Of a kept trace: its file. */
  readonly name?: string | undefined;
}

export interface Done {
  readonly traces: number;
  readonly commands: number;
}

/** Executes traces one after another; each gives its lines when it has ended. */
export class Recorder {
  readonly #release: RecordedRelease;
  readonly #sql: SqlSide<AnyCommand>;
  readonly #writer: RecordingWriter;
  #lines: string[] = [];

  /** `done`: what was written before this one began, the heading always. */
  constructor(release: RecordedRelease, driver: SqlDriver, heading: RecordingHeading, done: Done) {
    this.#release = release;
    this.#sql = new SqlSide(release, driver);
    this.#writer = new RecordingWriter(
      heading,
      release.comparison.key,
      (line) => this.#lines.push(line),
      done,
    );
  }

  /** The lines of the trace; nothing where the signal ended it. Throws DriverError. */
  async record({ trace, name }: NamedTrace, signal?: AbortSignal): Promise<string | undefined> {
    const writing = this.#writer.trace(trace, name);
    const onAnswer = (answer: Answer, position: number) => {
      const entry = trace.commands[position]!;
      const isOrdered = this.#release.comparison.resultIsOrdered(entry.command);
      const drawn = drawnUuid(this.#release, trace.commands, position);
      writing.answer(entry, { ...answer, ...drawn, isOrdered });
      return 'go on' as const;
    };
    const { interrupted } = await this.#sql.execute(trace, onAnswer, signal);
    return interrupted ? undefined : this.#taken();
  }

  /** The last line. */
  end(): string {
    this.#writer.end();
    return this.#taken();
  }

  #taken(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    return text;
  }
}
