/** Rules of consumers that no delivery has met are warnings; and what a handler threw keeps its stack. */
import { expect, it } from 'vitest';
import { accounts } from './account.ts';

it('a rule that no delivery has met is a warning, with the place where it was written', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const consumer = store.consume('balances', () => {});
  consumer.crashes('after').on({ delivery: 2 });
  consumer.throws(new Error('x')).on({ event: 'Closed' }).times(1);
  consumer.takes('5s').times(1);
  expect(store.warnings).toEqual([]);
  await store.drain();
  expect(store.warnings).toEqual([
    expect.stringMatching(
      /^consumer 1 of balances: crashes\('after'\) on \{"delivery":2\} was never reached \(tests\/twin\/event-store\/rules\.test\.ts:9:\d+\)$/,
    ),
    expect.stringContaining('throws() on {"event":"Closed"}, 1 times was never reached'),
  ]);
});

it('an event that can never be handled is told with where its handler threw', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const thrown = new TypeError('no such account');
  store.consume('balances', () => {
    throw thrown;
  });
  const error = await store.drain({ attempts: 3 }).catch((each: Error) => each);
  expect((error as Error).cause).toBe(thrown);
  expect((error as Error).message).toMatch(
    /the handler threw TypeError: no such account, at tests\/twin\/event-store\/rules\.test\.ts:\d+:\d+$/,
  );
});

it('what a handler threw is in the timeline, beside what it prints', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const thrown = new TypeError('no such account');
  let calls = 0;
  store.consume('balances', () => {
    if (calls++ === 0) throw thrown;
  });
  await store.drain();
  const failed = store.timeline.find(({ what }) => what === 'failed');
  expect(failed?.thrown).toBe(thrown);
  expect(JSON.stringify(failed)).not.toContain('thrown');
});

it.each([
  ['a message that is a number', Object.assign(new Error('x'), { message: 42 })],
  ['a stack that is none', Object.assign(new Error('x'), { stack: 7 })],
  ['an object without a prototype', Object.create(null)],
  ['a symbol', Symbol('s')],
])('whatever a handler throws is put into words: %s', async (_, odd) => {
  const { store, deposit } = await accounts();
  await deposit('a');
  store.consume('balances', () => {
    throw odd;
  });
  await expect(store.drain({ attempts: 2 })).rejects.toThrow('it failed 2 times, the last time because');
});
