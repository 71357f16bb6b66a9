/** Nothing is left of an event store in the process that it was in. */
import { expect, it } from 'vitest';
import { leftBehind, unhandledDuring } from '../../support/leaks.ts';
import { accounts } from './account.ts';

it('it leaves no timer, no listener and no global behind', async () => {
  const { before, after } = await leftBehind('what-is-left-of-a-store.ts');
  expect(before.timers).toBe(0);
  expect(after).toEqual(before);
});

it('a rejection that nobody waits for any more is not one of the process', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const consumer = store.consume('balances', async () => {
    await null;
    throw new Error('too late');
  });
  consumer.crashes('after').times(1);
  const unhandled = await unhandledDuring(async () => {
    await store.advance('1m');
  });
  expect(consumer.status).toBe('running');
  expect(unhandled).toEqual([]);
});
