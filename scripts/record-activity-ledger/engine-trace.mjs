/** One trace on the original: each command, and what came of it. */
import { jidOf, Names } from './engine-tables.mjs';

export class EngineTrace {
  #engine;
  #start;
  #names = new Names();
  /** By job, how often the tasks at its completion were done. */
  #completions = new Map();
  /** The flow of each job that was triggered. */
  #flows = new Map();
  #messages = new Map();
  tables;
  begun = 0;

  static async begin(engine, start) {
    const trace = new EngineTrace();
    trace.#engine = engine;
    trace.#start = start;
    await engine.original.clear();
    await trace.#read();
    return trace;
  }

  /** The command as it is told, its row where it has one, and the tables after it. */
  async execute(command, at) {
    const { original } = this.#engine;
    await original.setTime(this.#start + at);
    if (command.type === 'deploy') return { command, tables: this.tables };
    if (command.guid !== undefined) this.#names.given(command.guid);
    const done = await this.#act(original, command);
    for (const key of done.beginnings) {
      this.#completions.delete(jidOf(key));
      this.begun++;
    }
    for (const key of done.expiries) {
      this.#completions.set(jidOf(key), (this.#completions.get(jidOf(key)) ?? 0) + 1);
    }
    const { kind } =
      this.tables.get('ledger.messages').find(({ message_id }) => message_id === command.message_id) ?? {};
    await this.#read();
    const { crash_after, ...uncrashed } = command;
    const told = done.isCrashed ? command : uncrashed;
    const hasRow = command.type === 'trigger' || command.type === 'deliver';
    return { command: told, tables: this.tables, done, ...(hasRow && { row: rowOf(done, kind) }) };
  }

  async #act(original, command) {
    const { type, jid, flow, guid, topic, code, status, keep, crash_after: crashAfter } = command;
    const message = this.#messages.get(command.message_id);
    switch (type) {
      case 'trigger':
        if (!this.#flows.has(jid)) this.#flows.set(jid, flow);
        return original.trigger(flow, jid, guid, crashAfter);
      case 'deliver':
        return original.deliver(message, { keep, crashAfter });
      case 'work':
        return original.work(message, workOf(status, code), keep);
      case 'signal':
        return original.signal(topic, code === 202 ? 'pending' : 'success', code ?? 200);
      case 'interrupt':
        return original.interrupt(this.#flowOf(jid), jid);
      case 'tick':
        return original.tick();
    }
    throw new Error(`no command: ${type}`);
  }

  /** A child's is in the tables, once it has any state. */
  #flowOf(jid) {
    const job = this.tables.get('ledger.jobs').find((each) => each.jid === jid);
    return job?.flow ?? this.#flows.get(jid);
  }

  async #read() {
    const { tables, byName } = await this.#engine.tables.read(this.#names, this.#completions);
    this.tables = tables;
    this.#messages = byName;
  }
}

/** What a process that ended tells, as the SQL and the model do. */
const ended = { sqlstate: 'LED01', message: 'the process has ended' };

export const answerOf = ({ row, tables, done }) => ({
  result: done?.isCrashed ? { ok: false, refusal: ended } : { ok: true, rows: row ? [row] : [] },
  tables,
});

function workOf(status, code) {
  const data = status === 'error' ? { message: 'no', code } : {};
  return { status, ...(code !== undefined && { code }), data };
}

function rowOf(done, kind) {
  return { outcome: outcomeOf(done, kind), value: entryOf(done) };
}

function outcomeOf({ notes, queries, error }, kind) {
  if (notes.some(({ message }) => message === 'trigger-collation-overage')) return 'overage';
  const collation = notes.find(({ message }) => /-collation-overage$/.test(message));
  if (collation) return 'duplicate';
  if (notes.some(({ message }) => message === 'duplicate-job-error')) return 'duplicate-job';
  const failed = error ?? notes.find((note) => note.error)?.error;
  if (failed) return faultOf(failed);
  // Without a hook nothing is asked about any job.
  if (kind === 'webhook' && !queries.some(({ text }) => /\.jobs\b/.test(text))) return 'no-hook';
  return 'done';
}

/** Why it failed in a way that has no word of its own. */
export const failureOf = ({ error, notes }) => (error ?? notes.find((note) => note.error)?.error)?.message;

function faultOf({ message, fault }) {
  if (message === 'collation-error') return fault;
  if (/^Inactive job: /.test(message)) return 'inactive';
  if (/^Duplicate job: /.test(message)) return 'duplicate-job';
  if (/ Not Found$/.test(message)) return 'not-found';
  if (/^Generational Error/.test(message)) return 'generation';
  return 'failed';
}

/** The value of the ledger after the addition at the entry; null where there was none. */
function entryOf({ queries }) {
  for (const { text, params, answer } of queries) {
    if (params?.[2] === -1e14) return Number(answer.rows[0]?.value);
    // The second leg: two additions in one transaction, and nothing else.
    if (!Array.isArray(answer) || answer.length !== 4 || !/\b1000000::double precision/.test(text)) continue;
    const [activity, guid] = answer.slice(1, 3).map(({ rows }) => rows[0]?.value);
    if (activity !== undefined && guid !== undefined) return Number(activity);
  }
  return null;
}
