/**
 * What an engine asks its database, in one process and one after the other: a client like that of `pg` over PGlite. Whoever reads
 * a stream waits until a message is let through, and after a write the engine can be cut off, as if its process ended.
 */
import { EventEmitter } from 'node:events';

const isFetch = (text) => /\breserved_at = NOW\(\)/i.test(text);
const isRemoval = (text) => /SET expired_at = NOW\(\)/i.test(text) && /stream_name = /i.test(text);
const isWrite = (text) => /\b(INSERT INTO|UPDATE|DELETE FROM)\b/i.test(text);
const isExpiry = (text) => /UPDATE \S+\.jobs\s+SET expired_at = /i.test(text);
const isBeginning = (text) => /^\s*INSERT INTO \S+\.jobs \(id, key, status\)/i.test(text);

export class Wire {
  #database;
  #waiting = [];
  #isAsking = false;
  /** The client that is between BEGIN and COMMIT. */
  #owner;
  /** By stream, who waits for its next message. */
  #readers = new Map();
  /** What came since it was asked to watch. */
  seen = watched();
  isWatching = false;

  constructor(database) {
    this.#database = database;
  }

  get isIdle() {
    return !this.#isAsking && this.#waiting.length === 0;
  }

  /** From now on it is told what comes. `crashAfter`: after so many writes everything fails. */
  watch({ keep = false, crashAfter = Number.POSITIVE_INFINITY } = {}) {
    this.seen = { ...watched(), keep, crashAfter };
    this.isWatching = true;
  }

  /** Ends what was watched: a new process, after a crash. */
  unwatch() {
    this.isWatching = false;
    return this.seen;
  }

  isRead({ stream_name }) {
    return this.#readers.has(stream_name);
  }

  /** Gives a message of a stream to the one who waits for it. */
  async let({ id, stream_name }) {
    const read = this.#readers.get(stream_name);
    if (!read) throw new Error(`nobody reads ${stream_name}`);
    this.#readers.delete(stream_name);
    const { rows } = await this.#database.query(`SELECT id, message FROM ledger.streams WHERE id = $1`, [id]);
    read({ rows, rowCount: rows.length });
  }

  /** A class with which the engine makes its clients. */
  clientClass() {
    const wire = this;
    return class Client extends EventEmitter {
      static Query = class {};
      database = 'postgres';
      connection = {};

      constructor() {
        super();
        this.setMaxListeners(0);
      }

      async connect() {}
      async end() {}

      query(text, params) {
        return wire.#asked(this, text, params);
      }
    };
  }

  #asked(client, text, params) {
    if (isFetch(text)) return new Promise((resolve) => this.#readers.set(params[0], resolve));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ client, text, params, resolve, reject });
      this.#next();
    });
  }

  async #next() {
    if (this.#isAsking) return;
    const at = this.#waiting.findIndex(({ client }) => !this.#owner || this.#owner === client);
    if (at < 0) return;
    const [{ client, text, params, resolve, reject }] = this.#waiting.splice(at, 1);
    this.#isAsking = true;
    try {
      this.#checkAlive();
      const answer = await this.#answer(client, text, params);
      this.#checkAlive();
      resolve(answer);
    } catch (error) {
      reject(error);
    }
    this.#isAsking = false;
    this.#next();
  }

  #checkAlive() {
    if (this.isWatching && this.seen.isCrashed) throw new Error('the process has ended');
  }

  async #answer(client, text, params) {
    if (/^\s*LISTEN/i.test(text)) return this.#listen(client, text);
    if (/^\s*BEGIN;?\s*$/i.test(text)) this.#owner = client;
    if (/^\s*(COMMIT|ROLLBACK);?\s*$/i.test(text)) this.#owner = undefined;
    if (this.isWatching && this.seen.keep && isRemoval(text)) return { rows: [], rowCount: 1 };
    const answer = params?.length ? await this.#database.query(text, params) : await this.#run(text);
    if (this.isWatching) this.#tell(text, params, answer);
    return Array.isArray(answer) ? answer.map(likePg) : likePg(answer);
  }

  async #run(text) {
    const answers = await this.#database.exec(text);
    return answers.length === 1 ? answers[0] : answers;
  }

  #tell(text, params, answer) {
    const told = this.seen;
    told.queries.push({ text, params, answer });
    if (!isWrite(text) || isRemoval(text)) return;
    told.writes++;
    if (isExpiry(text)) told.expiries.push(params[0]);
    if (isBeginning(text) && likePg(answer).rowCount > 0) told.beginnings.push(params[0]);
    if (told.writes >= told.crashAfter) told.isCrashed = true;
  }

  async #listen(client, text) {
    const [, channel] = /"(.*)"/.exec(text);
    await this.#database.listen(`"${channel}"`, (payload) =>
      client.emit('notification', { channel, payload }),
    );
    return { rows: [], rowCount: 0 };
  }
}

const watched = () => ({
  keep: false,
  crashAfter: Number.POSITIVE_INFINITY,
  writes: 0,
  isCrashed: false,
  /** Keys of jobs that were told to expire: one of the tasks at a completion. */
  expiries: [],
  /** Keys of jobs that began. */
  beginnings: [],
  queries: [],
});

function likePg({ rows, affectedRows = 0 }) {
  return { rows, rowCount: Math.max(rows.length, affectedRows) };
}
