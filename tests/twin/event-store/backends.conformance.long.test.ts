// Long tier: every test of the event store once more, on the SQL.
/** The same test on the model and on SQL: the same rows, the same words, the same timeline. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type EventStore,
  type EventStoreOptions,
  SimulationError,
} from '../../../src/harness/event-store/twin/index.ts';
import { replay } from '../../../src/harness/services.ts';
import { schemaOf } from '../../../src/sql/event-store/schema.ts';
import { accounts, uuid } from './account.ts';
import { next, opened, refusals } from './refusals.ts';
import { outcomeOf, scenario } from './scenario.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgtwin-event-store-'));
});
afterAll(() => rm(directory, { recursive: true }));

const open: EventStore[] = [];
/** Closed after the test, so that the next one has its database. */
async function accountsOn(options: EventStoreOptions, views?: readonly string[]) {
  const opening = await accounts(options, views);
  open.push(opening.store);
  return opening;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
});

/** What it comes to on either backend, with everything that can be seen of it after. */
async function onBoth<T>(act: (store: EventStore) => Promise<T>, options: EventStoreOptions = {}) {
  const results = [];
  for (const backend of ['model', 'pglite'] as const) {
    const { store } = await accountsOn({ ...options, backend });
    const result = await act(store).catch((error: Error) => ({ ...error, message: error.message }));
    const { timeline, events, views, locks, deciders, now } = store;
    results.push({ result, tables: { events, views, locks, deciders }, timeline: String(timeline), now });
  }
  expect(results[1]).toEqual(results[0]);
  return results[1]!.result;
}

describe('SQL and model', () => {
  it.each(refusals)('refuse in the same words: %s', async (_, act, properties) => {
    const refused = await onBoth(async (store) => {
      await store.appendEvent(opened);
      return act(store);
    });
    expect(refused).toMatchObject(properties);
  });

  it('give the same rows of everything', async () => {
    await onBoth(async (store) => {
      const rows: unknown[] = [];
      rows.push(await store.appendEvent({ ...opened, data: { b: [1, { c: null }], a: 'ü' } }));
      rows.push(await store.appendEvent(next));
      rows.push(await store.getEvents({ decider: 'Account', decider_id: 'a' }));
      rows.push(await store.getLastEvent({ decider: 'x', decider_id: 'a' }));
      rows.push(await store.registerView({ view: 'v', start_at: new Date('2029-12-31T23:59:59.5Z') }));
      rows.push(await store.streamEvents({ view: 'v', limit: null, seconds: 7 }));
      rows.push(await store.nackEvent({ view: 'v', decider_id: 'a' }));
      rows.push(await store.scheduleNackEvent({ view: 'v', decider_id: 'a', milliseconds: 1500 }));
      await store.advance('2s');
      rows.push(await store.streamEvents({ view: 'v' }));
      rows.push(await store.ackEvent({ view: 'v', decider_id: 'a', offset: 1 }));
      rows.push(await store.insertEvent({ ...next, event_id: uuid(3), previous_id: uuid(2), final: true }));
      rows.push(await store.deleteView({ view: 'v' }));
      return rows;
    });
  });

  it('carry out transactions alike: committed, rolled back, and refused', async () => {
    await onBoth(async (store) => {
      await store.transaction(async (transaction) => {
        await transaction.appendEvent(opened);
        await transaction.appendEvent(next);
        expect(await transaction.streamEvents({ view: 'balances' })).toEqual([]);
      });
      const third = { ...next, event_id: uuid(3), previous_id: uuid(2) };
      const thrown = store.transaction(async (transaction) => {
        await transaction.appendEvent(third);
        throw new Error('not sent');
      });
      await expect(thrown).rejects.toThrow('not sent');
      const refused = store.transaction(async (transaction) => {
        await transaction.appendEvent(third);
        await transaction.appendEvent(third);
      });
      await expect(refused).rejects.toMatchObject({ code: '23505', constraint: 'events_event_id_key' });
      return (await store.appendEvent(third)).offset;
    });
  });

  it('have the same of both types of ids', async () => {
    const id = uuid(7).toUpperCase();
    const stored = await onBoth((store) => store.appendEvent({ ...opened, decider_id: id }), { ids: 'uuid' });
    expect(stored).toMatchObject({ decider_id: uuid(7) });
  });

  it('take calls that nobody awaits in their order', async () => {
    await onBoth(async (store) => {
      const [first, second] = [store.appendEvent(opened), store.appendEvent(next)];
      const drained = store.consume('balances', () => {});
      await store.drain();
      return [await first, await second, drained.status];
    });
  });

  it('agree on every mixture of consumers and faults', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (each) => {
        const [model, sql] = [await outcomeOf(each, 'model'), await outcomeOf(each, 'pglite')];
        expect(sql).toBe(model);
      }),
      { numRuns: 25 },
    );
  });
});

it('what a store did can be replayed on model and SQL', async () => {
  const { store, deposit } = await accounts();
  for (const id of ['a', 'b', 'a']) await deposit(id);
  const failing = store.transaction(async (transaction) => {
    await transaction.nackEvent({ view: 'balances', decider_id: 'a' });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  store
    .consume('balances', () => {})
    .crashes('after')
    .times(2);
  await store.drain();
  const file = join(directory, 'trace.json');
  await writeFile(file, JSON.stringify(store.trace));
  const report = await replay({ file });
  expect(report).toMatchObject({ verdict: 'agreed', commands: store.trace.commands.length });
});

describe('a schema of the user', () => {
  const text = schemaOf('text');
  async function schema(name: string, sql: string): Promise<string> {
    const path = join(directory, name);
    await writeFile(path, sql);
    return path;
  }

  it('is what a test runs on', async () => {
    const path = await schema('same.sql', `${text}\ncomment on table events is 'of ours';`);
    const { store, deposit } = await accountsOn({ backend: 'pglite', schema: path });
    await deposit('a');
    store.consume('balances', () => {});
    await store.drain();
    expect(store.locks).toMatchObject([{ last_offset: 1 }]);
  });

  it('that does something else is told at once, with the statement and what differs, and ever after', async () => {
    const other = text.replace(
      /(create function nack_event[\s\S]*?)set locked_until = now\(\)/,
      '$1set last_offset = 9',
    );
    expect(other).not.toBe(text);
    const path = await schema('other.sql', other);
    const { store, deposit } = await accountsOn({ backend: 'pglite', schema: path });
    await deposit('a');
    const nacked = store.nackEvent({ view: 'balances', decider_id: 'a' });
    await expect(nacked).rejects.toThrow(SimulationError);
    await expect(nacked).rejects.toThrow(
      'the SQL and the model disagree, so this schema behaves differently from the modelled one',
    );
    await expect(nacked).rejects.toThrow('"type":"nack_event"');
    await expect(nacked).rejects.toThrow('result[0].last_offset  model 0  sql 9');
    await expect(store.getLastEvent({ decider: 'Account', decider_id: 'a' })).rejects.toThrow('disagree');
  });

  it('whose words are others is told as well', async () => {
    const path = await schema('words.sql', text.replace('previous_id must be in the same decider', 'no'));
    const { store } = await accountsOn({ backend: 'pglite', schema: path });
    await expect(store.appendEvent(next)).rejects.toThrow(
      'result.message  model "previous_id must be in the same decider"  sql "no"',
    );
  });

  it.each<[string, string | undefined, string]>([
    ['that is not there', undefined, 'missing.sql'],
    ['that lacks functions', 'create table deciders ();', 'The schema public lacks: events, views'],
    ['that is no SQL', 'create nonsense;', 'syntax error at or near "nonsense"'],
  ])('%s is told with the first statement', async (_, sql, message) => {
    const path = sql === undefined ? join(directory, 'missing.sql') : await schema('wrong.sql', sql);
    const opening = accounts({ backend: 'pglite', schema: path });
    await expect(opening).rejects.toThrow(SimulationError);
    await expect(opening).rejects.toThrow("the backend 'pglite' cannot be opened: ");
    await expect(opening).rejects.toThrow(message);
  });
});

it('a store that was closed has no database any more', async () => {
  const { store } = await accountsOn({ backend: 'pglite' });
  await store.close();
  await expect(store.appendEvent(opened)).rejects.toThrow('the event store is closed');
});
