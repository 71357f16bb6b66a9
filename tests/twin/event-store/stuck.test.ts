/** A test that would wait for ever is told so, and why. */
import { expect, it } from 'vitest';
import { SimulationError } from '../../../src/harness/event-store/twin/index.ts';
import { accounts } from './account.ts';

it('an event that always fails is named after so many attempts, with the last error and what happened', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  let isFixed = false;
  store.consume('balances', ({ offset }) => {
    if (!isFixed) throw new Error(`cannot handle ${offset}`);
  });
  const drained = store.drain({ attempts: 5 });
  await expect(drained).rejects.toThrow(SimulationError);
  await expect(drained).rejects.toThrow(
    'drain() cannot finish: view "balances" cannot process Deposited of a (offset 1): it failed 5 times, the last time because cannot handle 1\n',
  );
  await expect(drained).rejects.toThrow('consumer 1 of balances gives a back');
  expect(store.timeline.filter(({ what }) => what === 'delivered')).toHaveLength(5);
  // It is not over with that.
  isFixed = true;
  await store.drain();
  expect(store.locks[0]).toMatchObject({ last_offset: 1 });
});

it.each(['before', 'after'] as const)('so is one whose consumer always crashes %s', async (when) => {
  const { store, deposit } = await accounts();
  await deposit('a');
  store.consume('balances', () => {}).crashes(when);
  await expect(store.drain()).rejects.toThrow(
    `it failed 100 times, the last time because its consumer crashed ${when} handling it`,
  );
  expect(store.elapsedMs).toBeGreaterThan(99 * 300_000);
});

it('a view that nobody reads any more is named, with its consumers', async () => {
  const { store, deposit } = await accounts();
  for (const id of ['a', 'b']) await deposit(id);
  const crashing = store.consume('balances', () => {}, { restartAfter: false });
  const stopped = store.consume('balances', () => {});
  crashing.crashes('after');
  stopped.stop();
  await expect(store.drain()).rejects.toThrow(
    'drain() cannot finish: view "balances" has unread events in 2 partitions, but no consumer reads them: ' +
      'consumer 1 has crashed, and will not restart, consumer 2 was stopped',
  );
});

it('a handler that never settles is told by name, and so is everyone who drives on', async () => {
  const { store, deposit } = await accounts({ handlerTimeout: 10 });
  await deposit('a');
  store.consume('balances', () => new Promise(() => {}));
  const message =
    'the handler of view "balances" (Deposited of a, offset 1, delivery 1) has not settled after 10 ms of real time';
  await expect(store.drain()).rejects.toThrow(message);
  await expect(store.advance('1s')).rejects.toThrow(message);
});

it('a handler that drives its own store waits for itself, which is told as well', async () => {
  const { store, deposit } = await accounts({ handlerTimeout: 10 });
  await deposit('a');
  store.consume('balances', () => store.advance('1s'));
  await expect(store.drain()).rejects.toThrow('has not settled after 10 ms of real time');
});

it('a handler that makes work for itself has no end', { timeout: 120_000 }, async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  store.consume('balances', async () => void (await deposit('a')));
  await expect(store.drain()).rejects.toThrow(
    'deliveries: a handler appends events that it then receives itself',
  );
});

it('a handler that undoes what was acknowledged has no end either, however much time that takes', {
  timeout: 120_000,
}, async () => {
  const { store, deposit } = await accounts();
  for (const id of ['a', 'a']) await deposit(id);
  store.consume('balances', async ({ offset }) => {
    // What is acknowledged next is the first event, and so the second comes again.
    if (offset === 2)
      store.after('1m', () => store.ackEvent({ view: 'balances', decider_id: 'a', offset: 1 }));
  });
  store.consume('balances', () => {}).takes('1h');
  await expect(store.runUntil(() => false)).rejects.toThrow(
    'deliveries: a handler appends events that it then receives itself',
  );
});

it('a store in which there is nothing to do is drained', async () => {
  const { store, deposit } = await accounts();
  await store.drain();
  await deposit('a');
  // Nobody reads that view.
  await store.drain();
  store.consume('balances', () => {});
  await store.deleteView({ view: 'balances' });
  await store.drain();
  expect(store.timeline.filter(({ what }) => what === 'delivered')).toEqual([]);
});
