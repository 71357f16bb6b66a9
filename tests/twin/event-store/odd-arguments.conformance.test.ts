/** Arguments of the right type with odd values: the store answers what the SQL answers, word for word. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventStore, eventStore } from '../../../src/harness/event-store/twin/index.ts';
import type { SqlDriver } from '../../../src/sql/driver.ts';
import { signaturesOf } from '../../../src/sql/event-store/calls.ts';
import { installEventStore } from '../../../src/sql/event-store/install.ts';
import { resetEventStore } from '../../../src/sql/event-store/reset.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { answerOf } from '../../support/published-client.ts';
import { accounts, uuid } from './account.ts';
import { opened } from './refusals.ts';

let driver: SqlDriver;
beforeAll(async () => {
  driver = await openPGlite({ scripts: (await installEventStore('text', undefined)).scripts });
});
afterAll(() => driver.close());

const types = new Map(
  signaturesOf('text').map((signature) => {
    const [name, list] = signature.split(/[()]/) as [string, string];
    return [name, list.split(', ')];
  }),
);

type Statement = readonly [string, ...(string | null)[]];
const setUp: readonly Statement[] = [
  ['register_decider_event', 'Account', 'Opened', 'of an account', '1'],
  ['register_view', 'balances', null, null, null, null],
  ['append_event', 'Opened', opened.event_id, 'Account', 'a', '{}', opened.command_id, null, '1'],
];

/** A call as a client sends it: texts, which the server reads. */
function queryOf([name, ...params]: Statement) {
  const given = params.map((value, i) => ({ value, type: types.get(name)![i]! }));
  // What is left out is left to its default.
  const known = name === 'register_view' ? given.filter(({ value }) => value !== null) : given;
  const list = known.map(({ type }, i) => `$${i + 1}::${type}`).join(', ');
  return { text: `select * from public.${name}(${list})`, params: known.map(({ value }) => value) };
}

/** What the last of the statements comes to. */
async function truth(statement: Statement) {
  const queries = [...resetEventStore, ...setUp.map(queryOf)];
  await driver.run({ at: Date.UTC(2030, 0, 1), restartClock: true, queries });
  const { results } = await driver.run({ at: Date.UTC(2030, 0, 1, 1), queries: [queryOf(statement)] });
  const [result] = results;
  if (result?.kind === 'rows') return result.rows.length;
  if (result?.kind !== 'failure') throw new Error('no result');
  return { code: result.sqlstate, message: result.message, constraint: result.constraint };
}

async function twin(act: (store: EventStore) => Promise<unknown>, backend: 'model' | 'pglite') {
  const store = eventStore({ backend });
  await store.registerDeciderEvent({ decider: 'Account', event: 'Opened', description: 'of an account' });
  await store.registerView({ view: 'balances' });
  await store.appendEvent(opened);
  await store.advance('1h');
  const answer = await answerOf(async () => {
    const value = await act(store);
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
  });
  await store.close();
  return answer;
}

const event = { ...opened, event_id: uuid(2), previous_id: uuid(1) };
const lock = { view: 'balances', decider_id: 'a' };
const append = (changes: object) => (store: EventStore) => store.appendEvent({ ...event, ...changes });
const appended = (decider: string, data: string, id: string, version: string): Statement => [
  ...(['append_event', 'Opened', id, decider, 'a', data, event.command_id, event.previous_id] as const),
  version,
];

type Case = [string, (store: EventStore) => Promise<unknown>, Statement, string | number];
const cases: Case[] = [
  ['half a version', append({ event_version: 1.5 }), appended('Account', '{}', uuid(2), '1.5'), '22P02'],
  ['no version', append({ event_version: Number.NaN }), appended('Account', '{}', uuid(2), 'NaN'), '22P02'],
  [
    'a version out of range',
    append({ event_version: 1e19 }),
    appended('Account', '{}', uuid(2), '10000000000000000000'),
    '22003',
  ],
  [
    'a version that is written with an exponent',
    append({ event_version: 1e21 }),
    appended('Account', '{}', uuid(2), '1e+21'),
    '22P02',
  ],
  [
    'an id before a version, both wrong',
    append({ event_id: 'x', event_version: 1.5 }),
    appended('Account', '{}', 'x', '1.5'),
    '22P02',
  ],
  [
    'data before a version, both wrong',
    append({ data: 'a\0', event_version: 1.5 }),
    appended('Account', '"a\\u0000"', uuid(2), '1.5'),
    '22P05',
  ],
  [
    'half a character in the decider',
    append({ decider: 'A\ud83e' }),
    appended('A\ufffd', '{}', uuid(2), '1'),
    'P0001',
  ],
  [
    'half a character in data',
    append({ data: 'A\ud83e' }),
    appended('Account', '"A\\ud83e"', uuid(2), '1'),
    '22P02',
  ],
  ['U+0000 in the decider', append({ decider: 'A\0' }), appended('A\0', '{}', uuid(2), '1'), '22021'],
  [
    'half a character in what is asked for',
    (store) => store.getEvents({ decider: '\ud800', decider_id: 'a' }),
    ['get_events', 'a', '\ufffd'],
    0,
  ],
  [
    'a limit out of range',
    (store) => store.streamEvents({ view: 'balances', limit: 2 ** 31 }),
    ['stream_events', 'balances', '2147483648', '300'],
    '22003',
  ],
  [
    'a limit below none',
    (store) => store.streamEvents({ view: 'balances', limit: -1 }),
    ['stream_events', 'balances', '-1', '300'],
    '2201W',
  ],
  [
    'half a limit',
    (store) => store.streamEvents({ view: 'balances', limit: 0.5 }),
    ['stream_events', 'balances', '0.5', '300'],
    '22P02',
  ],
  [
    'seconds without end',
    (store) => store.streamEvents({ view: 'balances', seconds: Number.POSITIVE_INFINITY }),
    ['stream_events', 'balances', '1', 'Infinity'],
    '22P02',
  ],
  [
    'U+0000 in the view before a limit, both wrong',
    (store) => store.streamEvents({ view: '\0', limit: 0.5 }),
    ['stream_events', '\0', '0.5', '300'],
    '22021',
  ],
  [
    'half an offset',
    (store) => store.ackEvent({ ...lock, offset: 0.5 }),
    ['ack_event', 'balances', 'a', '0.5'],
    '22P02',
  ],
  [
    'an offset out of range',
    (store) => store.ackEvent({ ...lock, offset: -1e19 }),
    ['ack_event', 'balances', 'a', '-10000000000000000000'],
    '22003',
  ],
  [
    'an offset below zero',
    (store) => store.ackEvent({ ...lock, offset: -1 }),
    ['ack_event', 'balances', 'a', '-1'],
    1,
  ],
  [
    'half a millisecond',
    (store) => store.scheduleNackEvent({ ...lock, milliseconds: 0.5 }),
    ['schedule_nack_event', 'balances', 'a', '0.5'],
    '22P02',
  ],
  [
    'half a character in a view',
    (store) => store.nackEvent({ ...lock, view: '\udc00' }),
    ['nack_event', '\ufffd', 'a'],
    0,
  ],
  [
    'half a version of a kind',
    (store) => store.registerDeciderEvent({ decider: 'B', event: 'E', description: 'd', event_version: 0.5 }),
    ['register_decider_event', 'B', 'E', 'd', '0.5'],
    '22P02',
  ],
];

it.each(cases)('%s', async (_, act, statement, expected) => {
  const answer = await truth(statement);
  if (typeof expected === 'string') expect(answer).toMatchObject({ code: expected });
  else expect(answer).toBe(expected);
  expect(await twin(act, 'model')).toEqual(answer);
  expect(await twin(act, 'pglite')).toEqual(answer);
});

describe('a statement whose parameters cannot be read', () => {
  it('takes its time, and stands in the timeline', async () => {
    const { store } = await accounts();
    const before = store.elapsedMs;
    await expect(store.streamEvents({ view: 'balances', limit: 0.5 })).rejects.toMatchObject({
      name: 'PostgresError',
      severity: 'ERROR',
    });
    expect(store.elapsedMs).toBe(before + 1);
    expect(store.timeline.at(-1)).toMatchObject({
      what: 'refused',
      text: 'stream_events is refused: 22P02 invalid input syntax for type integer: "0.5"',
    });
  });

  it.each(['model', 'pglite'] as const)('undoes its transaction, as any refusal (%s)', async (backend) => {
    const { store } = await accounts({ backend });
    let second: unknown;
    const doing = store.transaction(async (transaction) => {
      await transaction.appendEvent(opened);
      await transaction.streamEvents({ view: 'balances', seconds: 2 ** 40 }).catch(() => {});
      second = await transaction
        .getEvents({ decider: 'Account', decider_id: 'a' })
        .catch((error) => error.code);
    });
    await expect(doing).rejects.toMatchObject({ code: '22003' });
    expect(second).toBe('25P02');
    expect(store.events).toEqual([]);
    await store.close();
  });

  it('keeps what is stored well formed, so that the trace can be replayed', async () => {
    for (const backend of ['model', 'pglite'] as const) {
      const { store } = await accounts({ backend });
      await store.registerDeciderEvent({ decider: 'Zoo', event: 'Roared', description: '🦁🦁'.slice(0, 3) });
      await store.appendEvent({ ...opened, decider: 'Zoo', event: 'Roared', decider_id: '🦁'.slice(0, 1) });
      expect(store.deciders.at(-1)?.description).toBe('🦁\ufffd');
      expect(store.events[0]?.decider_id).toBe('\ufffd');
      expect(await store.getEvents({ decider: 'Zoo', decider_id: '\ud83e' })).toHaveLength(1);
      expect(JSON.stringify(store.trace)).not.toMatch(/\\ud[89a-f]/);
      await store.close();
    }
  });
});
