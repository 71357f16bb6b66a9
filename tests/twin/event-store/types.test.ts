/** What the types promise. */
import { expect, expectTypeOf, it } from 'vitest';
import {
  type EventStoreFunctions,
  eventStore,
  type Lock,
  type StoredEvent,
  type View,
} from '../../../src/harness/event-store/twin/index.ts';
import type { Amount } from './account.ts';

it('rows have the columns of their tables, and data the type that is asked for', () => {
  const store = eventStore();
  expectTypeOf(store.getEvents<Amount>).returns.resolves.toEqualTypeOf<StoredEvent<Amount>[]>();
  expectTypeOf(store.streamEvents<Amount>)
    .returns.resolves.items.toHaveProperty('data')
    .toEqualTypeOf<Amount>();
  expectTypeOf(store.getLastEvent).returns.resolves.toEqualTypeOf<StoredEvent | undefined>();
  expectTypeOf<StoredEvent['data']>().toBeUnknown();
  expectTypeOf<StoredEvent['previous_id']>().toEqualTypeOf<string | null>();
  expectTypeOf<StoredEvent['created_at']>().toEqualTypeOf<Date>();
  expectTypeOf(store.registerView).returns.resolves.toEqualTypeOf<View>();
  expectTypeOf(store.ackEvent).returns.resolves.toEqualTypeOf<Lock | undefined>();
  store.registerView({ view: 'v' });
  store.consume<Amount>('v', ({ data }) => expectTypeOf(data.amount).toBeNumber());
  expect(store.views).toHaveLength(1);
});

it('what is left out or misspelt does not compile', () => {
  const store = eventStore();
  // Never called: they are for the compiler.
  const wrong = () => [
    // @ts-expect-error: every event has a command.
    store.appendEvent({ event: 'E', event_id: '', decider: 'D', decider_id: '', data: {} }),
    // @ts-expect-error: offsets are numbers.
    store.ackEvent({ view: 'v', decider_id: 'a', offset: '1' }),
    // @ts-expect-error: columns are spelt as in SQL.
    store.nackEvent({ view: 'v', deciderId: 'a' }),
    // @ts-expect-error: there is no such backend.
    eventStore({ backend: 'postgres' }),
    // @ts-expect-error: there is no such remedy.
    store.consume('v', () => {}, { onError: 'retry' }),
  ];
  expect(wrong).toBeTypeOf('function');
});

it('a repository can be written on the functions alone, and so on a database of one’s own', () => {
  const lastOf = async (store: EventStoreFunctions, decider_id: string) =>
    (await store.getLastEvent({ decider: 'Account', decider_id }))?.event_id;
  expectTypeOf(lastOf(eventStore(), 'a')).resolves.toEqualTypeOf<string | undefined>();
  expectTypeOf(lastOf).parameter(0).toEqualTypeOf<EventStoreFunctions>();
  expectTypeOf(eventStore().transaction<number>)
    .parameter(0)
    .parameter(0)
    .toEqualTypeOf<EventStoreFunctions>();
});
