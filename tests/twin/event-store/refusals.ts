/** Every way to be refused, and what a client is told. */
import { expect } from 'vitest';
import type { EventStore } from '../../../src/harness/event-store/twin/index.ts';
import { uuid } from './account.ts';

export const opened = {
  event: 'Opened',
  event_id: uuid(1),
  decider: 'Account',
  decider_id: 'a',
  data: { owner: 'Ada' },
  command_id: uuid(9),
};
export const next = { ...opened, event: 'Deposited', event_id: uuid(2), previous_id: uuid(1) };

/** Null, or something of the wrong type, as JavaScript may hand it over. */
const wrong = (value: unknown) => value as never;
const nothing = wrong(null);
const inEvents = { table: 'events', schema: 'public' };

/** What is done to a store in which the event {@link opened} is, and the error that comes of it. */
export const refusals: [string, (store: EventStore) => Promise<unknown>, object][] = [
  [
    'an id that is no uuid',
    (store) => store.appendEvent({ ...next, event_id: '7' }),
    { code: '22P02', message: 'invalid input syntax for type uuid: "7"' },
  ],
  [
    'the first of two ids that are none',
    (store) => store.appendEvent({ ...next, command_id: 'c', previous_id: 'p' }),
    { code: '22P02', message: 'invalid input syntax for type uuid: "c"' },
  ],
  [
    'a stream that is closed',
    async (store) => {
      await store.insertEvent({ ...next, event: 'Closed', final: true });
      return store.appendEvent({ ...next, event_id: uuid(3), previous_id: uuid(2) });
    },
    { code: 'P0001', message: expect.stringContaining('the stream is closed') },
  ],
  [
    'a first event where there is one',
    (store) => store.appendEvent({ ...next, previous_id: null }),
    { code: 'P0001', message: 'previous_id can only be null for the first decider event' },
  ],
  [
    'a previous event of another stream',
    (store) => store.appendEvent({ ...next, decider_id: 'b' }),
    { code: 'P0001', message: 'previous_id must be in the same decider' },
  ],
  [
    'no data',
    (store) => store.appendEvent({ ...next, data: null }),
    {
      code: '23502',
      column: 'data',
      message: 'null value in column "data" of relation "events" violates not-null constraint',
      ...inEvents,
    },
  ],
  [
    'an id that another event has',
    (store) => store.appendEvent({ ...next, event_id: uuid(1) }),
    {
      code: '23505',
      constraint: 'events_event_id_key',
      message: 'duplicate key value violates unique constraint "events_event_id_key"',
      ...inEvents,
    },
  ],
  [
    'a previous event that another one follows: somebody else was faster',
    async (store) => {
      await store.appendEvent(next);
      return store.appendEvent({ ...next, event_id: uuid(3) });
    },
    { code: '23505', constraint: 'events_previous_id_key', ...inEvents },
  ],
  [
    'a kind that nobody has registered',
    (store) => store.appendEvent({ ...next, event_version: 2 }),
    {
      code: '23503',
      constraint: 'events_decider_event_event_version_fkey',
      message:
        'insert or update on table "events" violates foreign key constraint "events_decider_event_event_version_fkey"',
      ...inEvents,
    },
  ],
  [
    'U+0000 in a text',
    (store) => store.appendEvent({ ...next, decider: 'A\0' }),
    { code: '22021', message: 'invalid byte sequence for encoding "UTF8": 0x00' },
  ],
  [
    'U+0000 in JSON',
    (store) => store.appendEvent({ ...next, data: { text: '\0' } }),
    { code: '22P05', message: 'unsupported Unicode escape sequence' },
  ],
  [
    'half a character in JSON',
    (store) => store.appendEvent({ ...next, data: '\ud800' }),
    { code: '22P02', message: 'invalid input syntax for type json' },
  ],
  [
    'a kind that is registered twice',
    (store) => store.registerDeciderEvent({ decider: 'Account', event: 'Opened', description: '' }),
    { code: '23505', constraint: 'deciders_pkey', table: 'deciders' },
  ],
  [
    'a kind without a description',
    (store) => store.registerDeciderEvent({ decider: 'Account', event: 'x', description: nothing }),
    { code: '23502', column: 'description', table: 'deciders' },
  ],
  [
    'a view without a name',
    (store) => store.registerView({ view: nothing }),
    { code: '23502', column: 'view', table: 'views' },
  ],
  [
    'a negative limit',
    (store) => store.streamEvents({ view: 'balances', limit: -1 }),
    { code: '2201W', message: 'LIMIT must not be negative', table: undefined },
  ],
  [
    'a lock for no time',
    (store) => store.streamEvents({ view: 'balances', seconds: nothing }),
    { code: '23502', column: 'locked_until', table: 'locks' },
  ],
  [
    'an acknowledgement of no offset',
    (store) => store.ackEvent({ view: 'balances', decider_id: 'a', offset: nothing }),
    {
      code: '23502',
      column: 'last_offset',
      message: 'null value in column "last_offset" of relation "locks" violates not-null constraint',
    },
  ],
  [
    'a delay of no length',
    (store) => store.scheduleNackEvent({ view: 'balances', decider_id: 'a', milliseconds: nothing }),
    { code: '23502', column: 'locked_until' },
  ],
  [
    'a delay into a time before time',
    (store) => store.scheduleNackEvent({ view: 'balances', decider_id: 'a', milliseconds: -8e15 }),
    { code: '22008', message: 'timestamp out of range' },
  ],
];
