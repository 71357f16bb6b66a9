/** The bytes of a batch's answers as results. */
import type { BatchResult, Column, Query, QueryResult, RowSet, SqlFailure } from '../driver.ts';
import { answerEnd, readAnswer } from './answers.ts';
import type { Ran } from './messages.ts';

/** What was made of the last answer of a prepared statement. */
interface Last {
  readonly bytes: Buffer;
  readonly result: RowSet | SqlFailure;
}

export class BatchDecoder {
  /** By the number of the prepared statement: its columns as last described. */
  readonly #columns: (readonly Column[])[] = [];
  readonly #last: Last[] = [];

  decode(queries: readonly Query[], ran: Ran): BatchResult {
    const bytes = Buffer.from(ran.bytes.buffer, ran.bytes.byteOffset, ran.bytes.byteLength);
    let at = 0;
    let index = 0;
    const next = (): RowSet | SqlFailure => {
      const end = answerEnd(bytes, at);
      const answer = bytes.subarray(at, end);
      at = end;
      return this.#result(ran.slots[index++]!, answer);
    };
    const results = queries.map((_, query): QueryResult => {
      const own = next();
      const count = ran.expansions[query]!;
      if (count < 0 || own.kind === 'failure') return own;
      return { kind: 'expanded', sets: Array.from({ length: count }, next) };
    });
    return { finishedAt: ran.finishedAt, results };
  }

  /**
   * An answer to the last byte like the one before is the same result, the same object: most tables of an
   * observation are as they were, and whoever reads or compares them can tell by identity.
   */
  #result(slot: number, bytes: Buffer): RowSet | SqlFailure {
    const last = this.#last[slot];
    if (last?.bytes.equals(bytes)) return last.result;
    const { columns, failure, rows } = readAnswer(bytes, 0)!;
    if (columns !== undefined) this.#columns[slot] = columns;
    const result = failure?.failure ?? { kind: 'rows', columns: this.#columns[slot] ?? [], rows };
    this.#last[slot] = { bytes, result };
    return result;
  }
}
