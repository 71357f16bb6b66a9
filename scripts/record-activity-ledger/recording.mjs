/** Writing a recording of the original into a file. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { RecordingWriter } from '../../src/harness/recording/writer.ts';
import { original } from './package.mjs';

/** The tables that are told, with their keys. */
export const ledgers = {
  'ledger.activity_ledgers': ['jid', 'aid', 'dad'],
  'ledger.guid_ledgers': ['jid', 'guid'],
};

export class RecordingFile {
  #file;
  #lines = [];
  #writer;

  /** `about`: what is told, and how it was drawn; see the heading of a recording. */
  constructor(file, { by, what, versions = {}, drawn, observed }) {
    this.#file = file;
    const heading = {
      recording: 1,
      engine: 'activity-ledger',
      release: 'countdown',
      by: `pgtwin, scripts/record-activity-ledger/${by}`,
      recordedAt: recordedAt(),
      versions: { [original.name]: original.version, node: process.versions.node, ...versions },
      sql: { from: `${original.name} ${original.version}, ${what}`, sha256: null, license: original.license },
      drawn,
      observed: { instants: false, otherTables: false, ...observed },
    };
    const keyOf = (table) => observed.tables[table] ?? [];
    this.#writer = new RecordingWriter(heading, keyOf, (line) => this.#lines.push(line));
  }

  /** A trace that has ended: of each command its entry, and the answer to it. */
  trace(startedAt, told, name) {
    const commands = told.map(([entry]) => entry);
    const writing = this.#writer.trace({ startedAt, commands }, name);
    for (const [entry, answer] of told) writing.answer(entry, answer);
  }

  end() {
    this.#writer.end();
    writeFileSync(this.#file, gzipSync(this.#lines.join(''), { level: 9 }));
  }
}

/** Now; or the second since 1970 that SOURCE_DATE_EPOCH names. */
function recordedAt() {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  return new Date(epoch === undefined ? Date.now() : Number(epoch) * 1000).toISOString();
}

/** A whole number of an option, or what it is without one. Throws Error for anything else. */
export function wholeNumber(text, otherwise, least = 0) {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least) throw new Error(`${text}: expected a whole number`);
  return number;
}
