/** Writing a recording of the original into a file. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { RecordingWriter } from '../../src/harness/recording/writer.ts';

export class RecordingFile {
  #file;
  #lines = [];
  #writer;

  /** `original`: what answered. `by`: the script, within `scripts`. The rest is as in the heading of a recording. */
  constructor(file, { engine, release, original, by, what, versions = {}, drawn, observed }) {
    this.#file = file;
    const { name, version, license, sha256 = null } = original;
    const heading = {
      recording: 1,
      engine,
      release,
      by: `pgtwin, scripts/${by}`,
      recordedAt: recordedAt(),
      versions: { [name]: version, node: process.versions.node, ...versions },
      sql: { from: `${name} ${version}, ${what}`, sha256, license },
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
