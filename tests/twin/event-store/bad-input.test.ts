/** What is wrong, and no statement, is told by name, with what was expected. */
import { expect, it } from 'vitest';
import {
  type EventStore,
  type EventStoreOptions,
  eventStore,
  SimulationError,
} from '../../../src/harness/event-store/twin/index.ts';
import { accounts } from './account.ts';
import { opened } from './refusals.ts';

const anything = (value: unknown) => value as never;

it.each<[string, EventStoreOptions, string]>([
  ['no object', anything(7), 'options is 7: expected an object'],
  [
    'a name that is none',
    anything({ id: 'uuid' }),
    'options.id is not an option: expected one of ids, startedAt',
  ],
  ['ids', { ids: anything('bigint') }, "options.ids is \"bigint\": expected 'text' or 'uuid'"],
  [
    'startedAt',
    { startedAt: anything('now') },
    'options.startedAt is "now": expected a Date or milliseconds',
  ],
  [
    'statementTakes',
    { statementTakes: anything('soon') },
    'options.statementTakes is "soon": expected milliseconds, or a text such as',
  ],
  ['handlerTimeout', { handlerTimeout: 0 }, 'options.handlerTimeout is 0: expected a whole number from 1'],
  ['backend', { backend: anything('pg') }, "options.backend is \"pg\": expected 'model' or 'pglite'"],
  [
    'schema',
    { backend: 'pglite', schema: anything(1) },
    'options.schema is 1: expected the path of a file of SQL',
  ],
  [
    'a schema without SQL',
    { schema: 'x.sql' },
    "options.schema needs the SQL: expected backend: 'pglite' as well",
  ],
])('an option that is wrong: %s', (_, options, message) => {
  expect(() => eventStore(options)).toThrow(SimulationError);
  expect(() => eventStore(options)).toThrow(message);
});

const lock = { view: 'balances', decider_id: 'a' };
const handler = () => {};
const cycle: { self?: object } = {};
cycle.self = cycle;

it.each<[string, (store: EventStore) => unknown, string]>([
  [
    'nothing at all',
    (store) => store.appendEvent(anything(undefined)),
    'the argument of appendEvent() is undefined: expected an object',
  ],
  [
    'a parameter that is none',
    (store) => store.appendEvent(anything({ ...opened, previousId: 'x' })),
    'previousId is not a parameter of appendEvent(): expected one of event, event_id, decider',
  ],
  [
    'a parameter left out',
    (store) => store.appendEvent(anything({ ...opened, command_id: undefined })),
    'command_id of appendEvent() is undefined: expected a text',
  ],
  [
    'an id that is a number',
    (store) => store.appendEvent({ ...opened, decider_id: anything(7) }),
    'decider_id of appendEvent() is 7: expected a text',
  ],
  [
    'a version that JavaScript does not count',
    (store) => store.appendEvent({ ...opened, event_version: 2 ** 60 }),
    'event_version of appendEvent() is 1152921504606847000: expected a whole number from -9007199254740991',
  ],
  [
    'data with a bigint',
    (store) => store.appendEvent({ ...opened, data: { n: 1n } }),
    'data of appendEvent() is [object Object]: expected JSON (Do not know how to serialize a BigInt)',
  ],
  [
    'data with a cycle',
    (store) => store.insertEvent({ ...opened, data: cycle }),
    'data of insertEvent() is [object Object]: expected JSON (Converting circular structure to JSON)',
  ],
  [
    'final',
    (store) => store.insertEvent({ ...opened, final: anything(1) }),
    'final of insertEvent() is 1: expected true or false',
  ],
  [
    'a description',
    (store) => store.registerDeciderEvent({ decider: 'A', event: 'E', description: anything({}) }),
    'description of registerDeciderEvent() is {}: expected a text',
  ],
  [
    'start_at',
    (store) => store.registerView({ view: 'v', start_at: 'yesterday' }),
    'start_at of registerView() is "yesterday": expected a Date of the years 1 to 9999, or a text such as 2030-01-01 00:00:00.000001',
  ],
  [
    'start_at, a number',
    (store) => store.registerView({ view: 'v', start_at: anything(5) }),
    'start_at of registerView() is 5: expected a Date of the years 1 to 9999, or a text',
  ],
  [
    'a name that may not fit into an index',
    (store) => store.registerView({ view: 'v'.repeat(1301) }),
    'expected a text of at most 1300 bytes in UTF-8: whether an index of Postgres stores',
  ],
  [
    'an id that may not fit into an index',
    (store) => store.nackEvent({ view: 'v', decider_id: 'é'.repeat(651) }),
    'expected a text of at most 1300 bytes in UTF-8: whether an index of Postgres stores',
  ],
  [
    'start_at, invalid',
    (store) => store.registerView({ view: 'v', start_at: new Date('no') }),
    'start_at of registerView() is Invalid Date: expected a Date',
  ],
  [
    'seconds',
    (store) => store.streamEvents({ view: 'v', seconds: anything('5m') }),
    'seconds of streamEvents() is "5m": expected a number',
  ],
  [
    'an offset',
    (store) => store.ackEvent({ ...lock, offset: anything('1') }),
    'offset of ackEvent() is "1": expected a whole number',
  ],
  [
    'a view',
    (store) => store.nackEvent({ ...lock, view: anything(undefined) }),
    'view of nackEvent() is undefined: expected a text',
  ],
  [
    'milliseconds',
    (store) => store.scheduleNackEvent({ ...lock, milliseconds: 9e15 }),
    'milliseconds of scheduleNackEvent() is 9000000000000000: expected a whole number',
  ],
  [
    'what is to be deleted',
    (store) => store.deleteView(anything('balances')),
    'the argument of deleteView() is "balances": expected an object',
  ],
  [
    'a transaction',
    (store) => store.transaction(anything([])),
    'the argument of transaction() is []: expected a function',
  ],
  [
    'a duration',
    (store) => store.advance(anything('5 minutes')),
    'the duration of advance() is "5 minutes": expected milliseconds, or a text',
  ],
  [
    'a condition',
    (store) => store.runUntil(anything(true)),
    'the condition of runUntil() is true: expected a function',
  ],
  [
    'an action',
    (store) => store.after(1, anything('x')),
    'the action of after() is "x": expected a function',
  ],
  [
    'a view that is not registered',
    (store) => store.consume('balance', handler),
    'the view of consume() is "balance": expected a registered view (known: balances)',
  ],
  [
    'a handler',
    (store) => store.consume('balances', anything({})),
    'the handler of consume() is {}: expected a function',
  ],
  [
    'an option of a consumer',
    (store) => store.consume('balances', handler, anything({ batch: 1 })),
    'batch is not an option of consume(): expected one of limit, seconds, every, onError, restartAfter',
  ],
  [
    'a limit of a consumer',
    (store) => store.consume('balances', handler, { limit: 0 }),
    'limit of consume() is 0: expected a whole number from 1',
  ],
  [
    'seconds of a consumer',
    (store) => store.consume('balances', handler, { seconds: -1 }),
    'seconds of consume() is -1: expected a whole number from 0',
  ],
  [
    'an interval that is none',
    (store) => store.consume('balances', handler, { every: 0 }),
    'every of consume() is 0: expected 1 ms or more',
  ],
  [
    'onError',
    (store) => store.consume('balances', handler, { onError: anything('retry') }),
    "onError of consume() is \"retry\": expected 'nack', 'leave', 'ack', or a duration such as '30s'",
  ],
  [
    'restartAfter',
    (store) => store.consume('balances', handler, { restartAfter: anything(true) }),
    'restartAfter of consume() is true: expected milliseconds',
  ],
  [
    'a point of crashing',
    (store) => store.consume('balances', handler).crashes(anything('during')),
    "crashes() was given \"during\": expected 'before' or 'after'",
  ],
  [
    'a count',
    (store) => store.consume('balances', handler).crashes('after').times(0),
    'the count of times() is 0: expected a whole number from 1',
  ],
  [
    'which deliveries',
    (store) =>
      store
        .consume('balances', handler)
        .crashes('after')
        .on(anything({ attempt: 1 })),
    'on() was given "attempt": expected delivery, offset, event or decider_id',
  ],
  [
    'which kind of event',
    (store) =>
      store
        .consume('balances', handler)
        .takes('1s')
        .on(anything({ event: 7 })),
    'event of on() is 7: expected a text',
  ],
  [
    'an option of drain()',
    (store) => store.drain(anything({ timeout: 5 })),
    'timeout is not an option of drain(): expected attempts',
  ],
  [
    'attempts',
    (store) => store.drain({ attempts: 0 }),
    'attempts of drain() is 0: expected a whole number from 1',
  ],
])('an argument that is wrong: %s', async (_, act, message) => {
  const { store } = await accounts();
  const { length } = store.timeline;
  const error = await (async () => act(store))().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SimulationError);
  expect((error as Error).message).toContain(message);
  // But for consumers, nothing has happened.
  expect(store.timeline.slice(length).filter(({ what }) => what !== 'consumer')).toEqual([]);
});

it('a consumer of a store without views says that there are none', () => {
  expect(() => eventStore().consume('balances', handler)).toThrow(
    'expected a registered view (there is none)',
  );
});

it('what a remedy is asked for and is none is told', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const consumer = store.consume('balances', handler, { onError: () => anything('again') });
  consumer.throws(new Error('no'));
  await expect(store.drain()).rejects.toThrow(
    "the result of onError() of consume() is \"again\": expected 'nack', 'leave', 'ack', or a duration",
  );
});
