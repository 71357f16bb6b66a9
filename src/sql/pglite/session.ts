/** One session of Postgres, spoken to in its wire protocol: prepared statements, answers left as bytes. */
import type { PGlite } from '@electric-sql/pglite';
import type { Query } from '../driver.ts';
import { endsTransaction } from '../script-check.ts';
import {
  type Answer,
  endsReady,
  failureIn,
  idle,
  readAnswer,
  readyLength,
  type ServerError,
  startsBound,
} from './answers.ts';
import type { ScriptEnd } from './messages.ts';
import { StatementCache } from './statement-cache.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { FrontendMessages } from './wire.ts';

const preparedStatements = 256;

/** All of them together, as some refer to others; as long as none has grown, nothing is done. */
const renewEmptyTables = `do $$
  declare
    candidate regclass;
    has_rows boolean;
    has_grown boolean := false;
    empty text[] := '{}';
  begin
    -- No trigger of a user's takes part in housekeeping.
    perform set_config('session_replication_role', 'replica', true);
    for candidate in
      select oid from pg_class
      where relkind = 'r' and relpersistence <> 't' and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
    loop
      execute format('select exists (select from %s)', candidate) into has_rows;
      if has_rows then continue; end if;
      empty := empty || candidate::text;
      has_grown := has_grown or pg_relation_size(candidate) > 256 * 1024;
    end loop;
    if has_grown then execute 'truncate ' || array_to_string(empty, ', '); end if;
  exception when feature_not_supported then
    -- One that has rows refers to one that has none.
  end $$`;

/** The answers of a batch; see `Ran`. */
export interface Answers {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly slots: readonly number[];
  readonly expansions: readonly number[];
  readonly finishedAt: number;
}

export class Session {
  readonly #database: PGlite;
  readonly #clock: VirtualClock;
  readonly #statements = new StatementCache(preparedStatements);
  readonly #messages = new FrontendMessages();
  readonly #stackPointer: { value: number };
  readonly #stackBottom: number;
  #output = Buffer.alloc(1 << 20);
  #end = 0;

  constructor(database: PGlite, clock: VirtualClock) {
    this.#database = database;
    this.#clock = clock;
    const { ___stack_pointer } = database.Module as unknown as { ___stack_pointer: { value: number } };
    this.#stackPointer = ___stack_pointer;
    this.#stackBottom = ___stack_pointer.value;
  }

  /**
   * Makes what the server writes arrive here. Left to itself PGlite parses it all and keeps every message of a
   * raw call for ever; the callback of a streaming call stays in place for the synchronous calls that follow.
   */
  async open(): Promise<void> {
    const onRawData = (bytes: Uint8Array): void => this.#append(bytes);
    await this.#database.execProtocolRawStream(this.#messages.sync().take(), { syncToFs: false, onRawData });
    this.#end = 0;
  }

  /** Each query in a transaction of its own, unless it begins one; `begins` is called before each. */
  run(queries: readonly Query[], begins: (index: number) => void = () => {}): Answers {
    this.#end = 0;
    const slots: number[] = [];
    const expansions: number[] = [];
    let finishedAt = this.#clock.now;
    queries.forEach((query, index) => {
      begins(index);
      expansions.push(this.#executeQuery(query, slots));
      if (index === 0) finishedAt = this.#clock.now;
    });
    return { bytes: this.#take(), slots, expansions, finishedAt };
  }

  /** Returns how many statements followed the query's own; -1 where it is one that none can follow. */
  #executeQuery(query: Query, slots: number[]): number {
    if (query.transaction) return this.#executeTogether(query, slots);
    const start = this.#end;
    slots.push(this.#execute(query.text, query.params ?? []));
    if (!query.expand) return -1;
    const { rows } = this.#answer(start);
    for (const row of rows) slots.push(this.#execute(row[0] ?? '', []));
    return rows.length;
  }

  /**
   * The statements of a script, which are one transaction as far as they say nothing else: nothing between them tells the server
   * to end it. Up to the first that fails; `begins` is called before each.
   */
  script(statements: readonly string[], begins: (index: number) => void): ScriptEnd {
    let failed: ScriptEnd['failed'];
    let isBegun = false;
    for (const [index, text] of statements.entries()) {
      // A statement that wants a transaction block finds one behind another statement.
      if (!isBegun && statements.length > 1) this.#sendPart('select');
      isBegun = !endsTransaction(text);
      begins(index);
      const failure = this.#sendPart(text);
      if (failure === undefined) continue;
      failed = { index, failure: failure.failure };
      break;
    }
    this.#end = 0;
    this.#send(this.#messages.sync());
    const isOpen = this.#output[this.#end - 1] !== idle;
    // A script that ends within its own transaction, or changes settings, does so for itself alone.
    for (const text of [...(isOpen ? ['rollback'] : []), 'reset session authorization', 'reset all']) {
      this.#send(this.#messages.query(text));
    }
    this.#end = 0;
    return { failed, isOpen };
  }

  #sendPart(text: string): ServerError | undefined {
    this.#end = 0;
    this.#stackPointer.value = this.#stackBottom;
    this.#database.execProtocolRawSync(this.#messages.parse('', text).bind('', []).execute().take());
    return failureIn(this.#output.subarray(0, this.#end));
  }

  /**
   * A table made and dropped leaves rows in each of the system's own, and a function made anew in one of them. Those of
   * the user are not vacuumed, as planning goes by what VACUUM notes about a table, and with it the order of rows;
   * where they are empty and have grown, they are made as they were when new.
   */
  maintain(): void {
    const catalogs =
      'attrdef, attribute, class, constraint, depend, index, init_privs, proc, sequence, shdepend, type';
    const tables = catalogs.split(', ').map((name) => `pg_catalog.pg_${name}`);
    for (const text of [renewEmptyTables, `vacuum ${tables.join(', ')}`, 'checkpoint']) {
      this.#end = 0;
      this.#send(this.#messages.query(text));
      const { failure } = this.#answer(0);
      if (failure !== undefined) throw new Error(failure.failure.message);
    }
  }

  /** A whole transaction; returns how many answers follow that of its beginning. */
  #executeTogether({ text, params = [], transaction = [] }: Query, slots: number[]): number {
    const start = this.#end;
    for (;;) {
      const numbers = [this.#executeOne(text, params, true)];
      let isStale = false;
      for (const each of transaction) {
        const answered = this.#end;
        numbers.push(this.#executeOne(each.text, each.params ?? [], true));
        isStale = this.#forgetStale(each.text, answered);
        if (this.#answer(answered).failure) break;
      }
      numbers.push(this.#executeOne('commit', []));
      if (!isStale) {
        slots.push(...numbers);
        return numbers.length - 1;
      }
      // Nothing can be prepared again in a transaction that has failed, and this one did nothing.
      this.#end = start;
    }
  }

  /** Appends the answer, and returns the number of the prepared statement it belongs to. */
  #execute(text: string, params: readonly (string | null)[]): number {
    const start = this.#end;
    const number = this.#executeOne(text, params);
    if (!this.#forgetStale(text, start)) return number;
    this.#end = start;
    return this.#executeOne(text, params);
  }

  #executeOne(text: string, params: readonly (string | null)[], staysOpen = false): number {
    const start = this.#end;
    const slot = this.#statements.take(text);
    const name = `s${slot.number}`;
    if (slot.reused) this.#messages.close(name);
    if (slot.fresh) this.#messages.parse(name, text).describe(name);
    this.#send(this.#messages.bind(name, params).execute().sync());
    if (!staysOpen && this.#output[this.#end - 1] !== idle)
      throw new Error(`a statement left its transaction open: ${text}`);
    if (slot.fresh) {
      const { parsed, columns } = this.#answer(start);
      if (!parsed || columns === undefined) this.#statements.forget(text);
    }
    return slot.number;
  }

  /** Whether the answer at `start` is that of a statement which has only to be prepared again: see {@link isStale}. */
  #forgetStale(text: string, start: number): boolean {
    // The common case, in one look.
    if (startsBound(this.#output, start)) return false;
    const answer = this.#answer(start);
    if (answer.parsed || answer.bound || !isStale(answer)) return false;
    this.#statements.forget(text);
    return true;
  }

  #send(messages: FrontendMessages): void {
    const start = this.#end;
    // An error leaps out of Postgres without taking its frames off the stack of the wasm memory: 700 bytes each,
    // and after 3,000 errors every statement would be refused (54001).
    this.#stackPointer.value = this.#stackBottom;
    this.#database.execProtocolRawSync(messages.take());
    // A session that has ended answers with less than it was asked, and PGlite says nothing of it.
    if (!endsReady(this.#output, start, this.#end)) throw new Error('the database ended the session');
    // PGlite says ReadyForQuery after an error and once more for the Sync behind it.
    if (endsReady(this.#output, start, this.#end - readyLength)) this.#end -= readyLength;
  }

  #answer(start: number): Answer {
    return readAnswer(this.#output.subarray(0, this.#end), start)!;
  }

  #take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#output.subarray(0, this.#end));
  }

  #append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#output.length) {
      const larger = Buffer.alloc(Math.max(this.#output.length * 2, this.#end + bytes.length));
      this.#output.copy(larger, 0, 0, this.#end);
      this.#output = larger;
    }
    this.#output.set(bytes, this.#end);
    this.#end += bytes.length;
  }
}

/**
 * A prepared statement whose table came back with other columns, or that the session was told to discard,
 * has only to be prepared again; it failed before it began.
 */
function isStale(answer: Answer): boolean {
  const error = answer.failure;
  if (error === undefined) return false;
  const { sqlstate } = error.failure;
  return (sqlstate === '0A000' && error.routine === 'RevalidateCachedQuery') || sqlstate === '26000';
}
