/** The original, unmodified and as a whole, on a database in this process. It does one thing at a time, when it is asked to. */
import { PGlite } from '@electric-sql/pglite';
import { Wire } from './engine-client.mjs';
import { appOf, topicsOf } from './engine-flows.mjs';

export const schema = 'ledger';
/** What a trace leaves behind. */
const traces = ['jobs', 'streams', 'task_schedules', 'task_lists', 'signal_registry'];
/** So many turns of the event loop without a question: then it has come to rest. */
const restful = 12;

export class Original {
  #wire;
  #clock;
  #mesh;
  #notes = [];
  /** How a worker answers. */
  #answer;
  database;

  static async start({ load, clock, flows }) {
    const original = new Original();
    await original.#start(load, clock, flows);
    return original;
  }

  async #start(load, clock, flows) {
    this.#clock = clock;
    this.database = await PGlite.create();
    await this.#setTime(Date.now());
    await this.database.exec(`CREATE FUNCTION public.now() RETURNS timestamptz STABLE LANGUAGE sql
      AS $$ SELECT to_timestamp(current_setting('recorder.now')::double precision / 1000) $$;
      SET search_path TO public, pg_catalog;`);
    this.#wire = new Wire(this.database);
    // What it prints of failures that were meant.
    console.error = () => {};
    const { HotMesh } = load('build/index.js');
    const connection = { class: this.#wire.clientClass(), options: {} };
    const callback = async () => this.#answer;
    this.#mesh = await HotMesh.init({
      appId: schema,
      logLevel: 'silent',
      engine: { connection },
      workers: topicsOf(flows).map((topic) => ({ topic, connection: { ...connection }, callback })),
    });
    await this.#mesh.deploy(appOf(flows));
    if (!(await this.#mesh.activate('1'))) throw new Error('the flows were not activated');
    await this.#rest();
    const noted = (level) => (message, details) => this.#notes.push({ level, message, ...details });
    const logger = Object.fromEntries(
      ['debug', 'info', 'warn', 'error'].map((level) => [level, noted(level)]),
    );
    this.#mesh.engine.logger = logger;
  }

  /** The fields in which it keeps what belongs to an activity or, with a `$`, to a flow. */
  async fields(name) {
    return this.#mesh.engine.store.getSymbols(name);
  }

  /** Takes away all jobs and messages. */
  async clear() {
    await this.database.exec(`TRUNCATE ${traces.map((table) => `${schema}.${table}`).join(', ')} CASCADE`);
  }

  async setTime(now) {
    this.#clock.now = now;
    await this.#setTime(now);
  }

  async #setTime(now) {
    await this.database.query("SELECT set_config('recorder.now', $1, false)", [String(now)]);
  }

  async trigger(flow, jid, guid, crashAfter) {
    const context = guid === undefined ? undefined : { data: {}, metadata: { guid } };
    return this.#watched(() => this.#mesh.pub(flow, { id: jid }, context), { crashAfter });
  }

  /** A message of the engine's stream. */
  async deliver(message, how) {
    const done = await this.#watched(() => this.#wire.let(message), how);
    if (!this.#wire.isRead(message)) {
      // Its loop failed, and comes back after a while.
      this.#clock.fire((delay) => delay >= 10_000 && delay <= 60_000);
      await this.#rest(() => this.#wire.isRead(message));
    }
    return done;
  }

  /** A message of a worker's topic, and what the worker answers. */
  async work(message, answer, keep) {
    this.#answer = answer;
    return this.deliver(message, { keep });
  }

  async signal(topic, status, code) {
    return this.#watched(() => this.#mesh.hook(topic, {}, status, code));
  }

  async interrupt(flow, jid) {
    return this.#watched(() => this.#mesh.interrupt(flow, jid));
  }

  /** Timers are looked at each five seconds, more or less. */
  async tick() {
    return this.#watched(() => this.#clock.fire((delay) => delay > 4_000 && delay < 7_000));
  }

  /** What it did, until it came to rest: what it wrote, what it noted, and how a call of it ended. */
  async #watched(act, how) {
    this.#notes = [];
    this.#wire.watch(how);
    const ended = {};
    Promise.resolve()
      .then(act)
      .then(
        (value) => Object.assign(ended, { hasEnded: true, value }),
        (error) => Object.assign(ended, { hasEnded: true, error }),
      );
    await this.#rest(() => ended.hasEnded);
    return { ...this.#wire.unwatch(), ...ended, notes: this.#notes };
  }

  async #rest(hasEnded = () => true) {
    for (let turns = 0; turns < restful; ) {
      await new Promise((resolve) => setImmediate(resolve));
      turns = this.#wire.isIdle && !this.#clock.isRunning && hasEnded() ? turns + 1 : 0;
    }
  }
}
