/** The tables of the engine as a recording tells them, made of those that the original has. */
import { schema } from './engine.mjs';

export const tables = {
  'ledger.jobs': ['jid'],
  'ledger.activity_ledgers': ['jid', 'aid', 'dad'],
  'ledger.guid_ledgers': ['jid', 'guid'],
  'ledger.messages': ['message_id'],
  'ledger.hooks': ['topic'],
  'ledger.timers': ['timer_id'],
};

const jobPrefix = `hmsh:${schema}:j:`;
const signalPrefix = `hmsh:${schema}:signals:`;

export const jidOf = (key) => key.slice(jobPrefix.length);

/** Names for what the original draws at random, in the order in which it appears in a trace. */
export class Names {
  #names = new Map();
  #counts = new Map();
  guids = new Set();

  /** Null where there is nothing to name. */
  of(kind, value) {
    if (value === undefined || value === null) return null;
    const id = `${kind} ${value}`;
    if (!this.#names.has(id)) {
      const count = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, count);
      this.#names.set(id, kind === 'message' || kind === 'timer' ? count : `${kind}${count}`);
    }
    return this.#names.get(id);
  }

  /** One that a command gives keeps its name. */
  given(guid) {
    this.#names.set(`g ${guid}`, guid);
    this.guids.add(guid);
  }

  guid(guid) {
    if (guid !== undefined && guid !== null) this.guids.add(guid);
    return this.of('g', guid);
  }
}

export class EngineTables {
  #original;
  #activities = new Map();
  #flows = new Map();

  /** Of all flows that are deployed. */
  static async of(original, flows) {
    const made = new EngineTables();
    made.#original = original;
    for (const { flow, activities } of flows) {
      const fields = await original.fields(`$${flow}`);
      for (const [path, field] of Object.entries(fields)) {
        made.#flows.set(field, path.replace(/^metadata\//, ''));
      }
      for (const { aid } of activities) {
        const { [`${aid}/output/metadata/as`]: field } = await original.fields(aid);
        made.#activities.set(field, aid);
      }
    }
    return made;
  }

  /** What is there now, and the messages as the original has them, by their names. `completions`: by job. */
  async read(names, completions) {
    // Whoever appears first is named first, and what appears comes with messages.
    const { messages, byName } = await this.#messages(names);
    const jobs = await this.#jobs(names, completions);
    return {
      byName,
      tables: new Map([
        ['ledger.jobs', jobs.jobs],
        ['ledger.activity_ledgers', jobs.activities],
        ['ledger.guid_ledgers', jobs.guids],
        ['ledger.messages', messages],
        ['ledger.hooks', await this.#hooks(names)],
        ['ledger.timers', await this.#timers(names)],
      ]),
    };
  }

  async #rows(sql) {
    return (await this.#original.database.query(sql)).rows;
  }

  async #messages(names) {
    const stored = await this.#rows(
      `SELECT id, stream_name, group_name, message FROM ${schema}.streams WHERE expired_at IS NULL ORDER BY id`,
    );
    const byName = new Map();
    const messages = stored.map(({ id, stream_name, group_name, message }) => {
      const { type, status = null, code = null, metadata } = JSON.parse(message);
      const message_id = names.of('message', id);
      byName.set(message_id, { id, stream_name, group_name });
      const { topic = null, guid, jid = null, gid, aid, dad = null } = metadata;
      const kind = group_name === 'WORKER' ? 'work' : (type ?? 'response');
      const named = { guid: names.guid(guid), jid, gid: names.of('gen', gid) };
      return { message_id, kind, topic, ...named, aid, dad, status, code };
    });
    return { messages, byName };
  }

  async #jobs(names, completions) {
    // The one that lives; where none does, the one that ended last.
    const stored = await this.#rows(
      `SELECT DISTINCT ON (key) id, key, status, expired_at FROM ${schema}.jobs ORDER BY key, expired_at DESC NULLS FIRST`,
    );
    const attributes = new Map(stored.map(({ id }) => [id, []]));
    for (const row of await this.#rows(
      `SELECT job_id, field, value FROM ${schema}.jobs_attributes ORDER BY job_id, field`,
    )) {
      attributes.get(row.job_id)?.push(row);
    }
    const all = { jobs: [], activities: [], guids: [] };
    for (const { id, key, status, expired_at } of stored) {
      const jid = jidOf(key);
      const about = {};
      for (const { field, value } of attributes.get(id)) {
        const [symbol] = field.split(',');
        const aid = this.#activities.get(symbol);
        if (names.guids.has(field)) {
          all.guids.push({ jid, guid: names.guid(field), value: Number(value) });
        } else if (aid !== undefined) {
          all.activities.push({ jid, aid, dad: field.slice(symbol.length), value: Number(value) });
        } else if (this.#flows.has(field)) {
          about[this.#flows.get(field)] = value;
        }
      }
      all.jobs.push({
        jid,
        gid: names.of('gen', about.gid),
        flow: about.tpc ?? null,
        status,
        parent_jid: about.pj ?? null,
        parent_gid: names.of('gen', about.pg),
        parent_aid: about.pa ?? null,
        parent_dad: about.pd ?? null,
        is_severed: about.px === '/t',
        error_code: about.err === undefined ? null : JSON.parse(about.err.replace(/^\/s/, '')).code,
        completions: completions.get(jid) ?? 0,
        expires_at: expired_at === null ? null : expired_at.getTime(),
      });
    }
    return all;
  }

  async #hooks(names) {
    const stored = await this.#rows(`SELECT key, value, expiry FROM ${schema}.signal_registry ORDER BY key`);
    return stored.map(({ key, value, expiry }) => {
      const [aid, dad, gid, jid] = value.split('::');
      const topic = key.slice(signalPrefix.length).replace(/:it$/, '');
      return { topic, jid, gid: names.of('gen', gid), aid, dad, expires_at: expiry.getTime() };
    });
  }

  async #timers(names) {
    // Those of a slot that nobody looks at are as good as none.
    const stored = await this.#rows(
      `SELECT key, index, value FROM ${schema}.task_lists WHERE key IN (SELECT member FROM ${schema}.task_schedules)
        ORDER BY regexp_replace(key, '.*:', '')::bigint, index`,
    );
    return stored.map(({ key, value }) => {
      const [, activity, gid, dad, jid] = value.split('::');
      const due = Number(key.slice(key.lastIndexOf(':') + 1));
      const timer_id = names.of('timer', `${due} ${value}`);
      return { timer_id, due, jid, gid: names.of('gen', gid), aid: activity.split(',')[0], dad };
    });
  }
}
