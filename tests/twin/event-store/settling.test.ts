/** When the handler of a consumer ends: at once, after its `takes`, or by something that happens in virtual time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Consumer, EventStore } from '../../../src/harness/event-store/twin/index.ts';
import { accounts } from './account.ts';

/** One event, and a consumer of it; both backends, with the same timeline. */
async function onBoth(
  handler: (store: EventStore) => unknown,
  act: (store: EventStore, consumer: Consumer) => Promise<unknown>,
): Promise<string> {
  const timelines: string[] = [];
  for (const backend of ['model', 'pglite'] as const) {
    const { store, deposit } = await accounts({ backend, handlerTimeout: 100 });
    await deposit('a');
    const consumer = store.consume('balances', () => handler(store));
    await act(store, consumer);
    timelines.push(String(store.timeline));
    await store.close();
  }
  expect(timelines[1]).toBe(timelines[0]);
  return timelines[0]!;
}

/** With the time that it may take, and without. */
const limits = [undefined, '60s'] as const;
const later = (store: EventStore, settle: (resolve: () => void, reject: (error: Error) => void) => void) =>
  new Promise<void>((resolve, reject) => store.after('5s', () => settle(resolve, reject)));

it.each(limits)('it ends when an action of the test resolves it (takes: %s)', async (takes) => {
  const timeline = await onBoth(
    (store) => later(store, (resolve) => resolve()),
    async (store, consumer) => {
      if (takes) consumer.takes(takes);
      await store.drain();
    },
  );
  expect(timeline).toContain('+5.006s  consumer 1 of balances acknowledges offset 1 of a');
});

it.each(limits)('it fails when an action of the test rejects it (takes: %s)', async (takes) => {
  let calls = 0;
  const timeline = await onBoth(
    (store) => (calls++ % 2 === 0 ? later(store, (_, reject) => reject(new Error('no'))) : undefined),
    async (store, consumer) => {
      if (takes) consumer.takes(takes).times(1);
      await store.drain();
    },
  );
  expect(timeline).toContain('+5.006s  consumer 1 of balances fails to handle Deposited of a (offset 1): no');
});

it('it goes on meanwhile with what the test and other consumers do', async () => {
  let handled = 0;
  const timeline = await onBoth(
    (store) => later(store, (resolve) => resolve()),
    async (store) => {
      const [event] = store.events;
      store.after('2s', () => store.nackEvent({ view: 'balances', decider_id: 'a' }));
      store.consume('balances', () => void handled++);
      await store.runUntil(
        () => store.elapsedMs > 10_000 || store.locks.every(({ last_offset }) => last_offset === 1),
      );
      expect(event?.offset).toBe(1);
    },
  );
  expect(handled).toBe(2);
  expect(timeline).toContain('consumer 2 of balances reads Deposited of a (offset 1) again (delivery 2)');
});

it.each([
  ['at once', () => undefined],
  ['after a real timer', () => sleep(20)],
])('it ends where its takes does if it settles by itself: %s', async (_, handler) => {
  const timeline = await onBoth(handler, async (store, consumer) => {
    consumer.takes('10s');
    for (let at = 0; at < 10_000; at += 500) store.after(at, () => {});
    await store.drain();
  });
  expect(timeline).toContain('+10.006s  consumer 1 of balances acknowledges offset 1 of a');
});

it('it is given up when its consumer is killed, and the event comes again', async () => {
  let calls = 0;
  const timeline = await onBoth(
    () => (calls++ % 2 === 0 ? new Promise(() => {}) : undefined),
    async (store, consumer) => {
      store.after('5s', () => consumer.kill());
      await store.drain();
    },
  );
  expect(timeline).toContain('+5.005s  consumer 1 of balances is killed');
  expect(timeline).toContain('again (delivery 2)');
});

it('it is told as never settling when nothing else will happen, and not before', async () => {
  const { store, deposit } = await accounts({ handlerTimeout: 10 });
  await deposit('a');
  store.consume('balances', () => new Promise(() => {}));
  await store.advance('1h');
  await expect(store.drain()).rejects.toThrow('has not settled after 10 ms of real time');
});

it('it is refused where it settles by real time after all, when virtual time has gone on', async () => {
  const outcomes = new Set<string>();
  // Far beyond the timeout, as a busy machine is late with both.
  for (let round = 0; round < 6; round++) {
    const { store, deposit } = await accounts({ handlerTimeout: 150 });
    for (const id of ['a', 'b']) await deposit(id);
    let calls = 0;
    store.consume('balances', () => sleep(300 + 30 * round));
    // Others need real time meanwhile.
    store.consume('balances', async () => {
      await sleep(60);
      if (calls++ < 10) throw new Error('429');
    });
    const refused = await store.drain().catch((error) => error);
    outcomes.add(refused.message);
  }
  expect([...outcomes]).toEqual([
    expect.stringMatching(
      /^the handler of view "balances" \(Deposited of a, offset 1, delivery 1\) has not settled after 150 ms of real time\. So virtual time went on/,
    ),
  ]);
});

it('it ends by an action that waits for the database before', async () => {
  const timeline = await onBoth(
    (store) =>
      new Promise<void>((resolve) => {
        store.after('5s', async () => {
          await store.nackEvent({ view: 'balances', decider_id: 'nobody' }).catch(() => {});
          resolve();
        });
      }),
    async (store) => {
      await store.drain();
    },
  );
  expect(timeline).toMatch(/\+5\.00\ds {2}consumer 1 of balances acknowledges offset 1 of a/);
});

it('it is told what to do about it where takes() was said', async () => {
  const { store, deposit } = await accounts({ handlerTimeout: 10 });
  await deposit('a');
  store.consume('balances', () => sleep(500)).takes('5s');
  await expect(store.drain()).rejects.toThrow(
    'takes() is over, but it does not shorten what the handler does in real time',
  );
});
