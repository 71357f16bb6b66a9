/** Virtual time: nothing waits, and a lock holds to the millisecond. */
import { expect, it } from 'vitest';
import { eventStore } from '../../../src/harness/event-store/twin/index.ts';
import { accounts } from './account.ts';

it('begins in 2030, or when the test says, and passes with each statement and as it is driven', async () => {
  const store = eventStore();
  expect(store.now).toEqual(new Date('2030-01-01T00:00:00Z'));
  await store.registerView({ view: 'v' });
  expect(store.elapsedMs).toBe(1);
  await store.advance('1d 2h');
  expect(store.elapsedMs).toBe(26 * 3_600_000 + 1);
  expect(eventStore({ startedAt: 0 }).now).toEqual(new Date(0));
  const slow = eventStore({ statementTakes: '2s' });
  await slow.registerView({ view: 'v' });
  expect(slow.elapsedMs).toBe(2000);
});

it('takes no real time, however long it is', async () => {
  const begun = performance.now();
  const { store, deposit } = await accounts();
  store.consume('balances', () => {});
  for (let year = 0; year < 50; year++) {
    await deposit('a');
    await store.advance('365d');
  }
  expect(store.locks[0]).toMatchObject({ last_offset: 50 });
  expect(performance.now() - begun).toBeLessThan(2000);
});

it.each([1, 300])('a lock of %i s holds until that instant, and that instant still', async (seconds) => {
  const { store, deposit } = await accounts({ statementTakes: 0 });
  await deposit('a');
  const read = async () => (await store.streamEvents({ view: 'balances', seconds })).length;
  // What is appended is locked for the instant in which it is.
  expect(await read()).toBe(0);
  await store.advance(1);
  expect(await read()).toBe(1);
  await store.advance(seconds * 1000 - 1);
  expect(await read()).toBe(0);
  await store.advance(1);
  expect(await read()).toBe(0);
  await store.advance(1);
  expect(await read()).toBe(1);
});

it('an event that is put off comes again when it was said, and one that is given back at once', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const read = async () => (await store.streamEvents({ view: 'balances' })).length;
  expect(await read()).toBe(1);
  await store.scheduleNackEvent({ view: 'balances', decider_id: 'a', milliseconds: 60_000 });
  await store.advance('59s');
  expect(await read()).toBe(0);
  await store.advance('1s');
  expect(await read()).toBe(1);
  expect(await read()).toBe(0);
  await store.nackEvent({ view: 'balances', decider_id: 'a' });
  expect(await read()).toBe(1);
});

it('what is planned happens when time gets there, in its order', async () => {
  const { store, deposit } = await accounts();
  const order: string[] = [];
  store.consume('balances', ({ offset }) => void order.push(`event ${offset} at ${store.elapsedMs}`));
  store.after('10s', async () => {
    await deposit('b');
    order.push('b is appended');
  });
  store.after('5s', () => void order.push('5 s'));
  await store.advance('30s');
  // It looks every second: at 11.004, as it was there at 0.004.
  expect(order).toEqual(['5 s', 'b is appended', 'event 1 at 11005']);
});

it('what is planned for an instant happens before what consumers do in it', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const order: string[] = [];
  const consumer = store.consume('balances', () => void order.push('handled'));
  consumer.crashes('before').times(1);
  // It is read at 5 ms, and after its restart at 6 ms again a second after the lock has ended.
  const deliveries = () => store.timeline.filter(({ what }) => what === 'delivered');
  store.after(300_006 - 5, () => void order.push(`planned after ${deliveries().length}`));
  await store.drain();
  expect(deliveries().map(({ at }) => at)).toEqual([5, 300_006]);
  expect(order).toEqual(['planned after 1', 'handled']);
});

it('what fails in what is planned is what the test fails with', async () => {
  const { store } = await accounts();
  store.after('1s', async () => {
    await null;
    throw new Error('not as expected');
  });
  await expect(store.advance('5s')).rejects.toThrow('not as expected');
});

it('runs until a condition holds, or says that it never will, and what happened', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  let handled = 0;
  store.consume('balances', () => void handled++).takes('90s');
  await store.runUntil(() => handled === 1);
  expect(store.elapsedMs).toBeLessThan(1000);
  await store.runUntil(() => store.locks[0]?.last_offset === 1);
  expect(store.elapsedMs).toBeGreaterThan(90_000);
  const never = store.runUntil(() => handled === 2);
  await expect(never).rejects.toThrow(
    'the condition of runUntil() is still false, and nothing else will happen',
  );
  await expect(never).rejects.toThrow('consumer 1 of balances acknowledges offset 1 of a');
});

it('minds no fake timers', async () => {
  const { vi } = await import('vitest');
  vi.useFakeTimers();
  try {
    const { store, deposit } = await accounts({ handlerTimeout: 20 });
    await deposit('a');
    store.consume('balances', () => new Promise(() => {}));
    await expect(store.drain()).rejects.toThrow('has not settled after 20 ms of real time');
  } finally {
    vi.useRealTimers();
  }
});
