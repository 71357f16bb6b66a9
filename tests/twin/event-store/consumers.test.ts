/** Consumers of a view, and what befalls them between `stream_events` and `ack_event`. */
import { describe, expect, it } from 'vitest';
import type {
  ConsumeOptions,
  Delivery,
  EventStore,
  StoredEvent,
} from '../../../src/harness/event-store/twin/index.ts';
import { type Amount, accounts } from './account.ts';

/** Consumes, and notes what is handled: `offset/delivery` and, from the second consumer on, by whom. */
function noting(store: EventStore, options: ConsumeOptions = {}, view = 'balances') {
  const handled: string[] = [];
  const handler = ({ offset }: StoredEvent, { number, consumer }: Delivery) =>
    void handled.push(`${offset}/${number}${consumer === 1 ? '' : ` by ${consumer}`}`);
  return { consumer: store.consume(view, handler, options), handled, handler };
}

describe('a consumer', () => {
  it('handles each partition in order, and acknowledges what it has handled', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'b', 'a', 'b', 'a']) await deposit(id);
    const { handled } = noting(store, { limit: 10 });
    await store.drain();
    expect(handled).toEqual(['1/1', '2/1', '3/1', '4/1', '5/1']);
    expect(store.locks.map(({ last_offset, offset }) => [last_offset, offset])).toEqual([
      [5, 5],
      [4, 4],
    ]);
  });

  it('counts a delivery again where somebody has acknowledged something else meanwhile', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'b']) await deposit(id);
    const { consumer, handled } = noting(store);
    consumer.throws(new Error('no')).on({ offset: 1 }).times(2);
    await store.runUntil(() => store.timeline.some(({ what }) => what === 'given back'));
    // No such partition; the other partition; an offset before the event.
    expect(await store.ackEvent({ view: 'balances', decider_id: 'c', offset: 1 })).toBeUndefined();
    await store.ackEvent({ view: 'balances', decider_id: 'b', offset: 1 });
    await store.ackEvent({ view: 'balances', decider_id: 'a', offset: 0 });
    await store.drain();
    expect(handled.filter((each) => each.startsWith('1/'))).toEqual(['1/3']);
    expect(String(store.timeline)).toContain('reads Deposited of a (offset 1) again (delivery 3)');
  });

  it('counts from one again where an offset further on was acknowledged, and taken back', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'a', 'a']) await deposit(id);
    const read = () => store.streamEvents({ view: 'balances', seconds: 0 });
    await read();
    await store.ackEvent({ view: 'balances', decider_id: 'a', offset: 3 });
    await store.ackEvent({ view: 'balances', decider_id: 'a', offset: 0 });
    await read();
    expect(store.timeline.filter(({ what }) => what === 'delivered').map(({ delivery }) => delivery)).toEqual(
      [1, 1],
    );
  });

  it('is given the event with its data, and told of the delivery', async () => {
    const { store, deposit } = await accounts();
    await deposit('a', 7);
    const calls: [StoredEvent<Amount>, Delivery][] = [];
    store.consume<Amount>('balances', (event, delivery) => void calls.push([event, delivery]));
    await store.drain();
    expect(calls).toEqual([
      [
        store.events[0],
        { view: 'balances', consumer: 1, number: 1, readAt: new Date('2030-01-01T00:00:00.005Z') },
      ],
    ]);
    expect(calls[0]?.[0].data.amount).toBe(7);
  });

  it('looks again after its interval, at instants that do not depend on what others do', async () => {
    const { store, deposit } = await accounts();
    const at: number[] = [];
    store.consume('balances', () => void at.push(store.elapsedMs), { every: '10s' });
    await store.advance('3s');
    await deposit('a');
    await store.advance('1m');
    await deposit('a');
    await deposit('b');
    await store.advance('1m');
    // It first looked at 4 ms. A look takes a millisecond, and after one that found something comes the next at once.
    const [first, second, third] = at;
    expect(first).toBe(10_005);
    // From the acknowledgement, 2 ms later, on.
    expect(second).toBe(70_007);
    expect(third).toBe(70_009);
  });

  it('is at work only as time is driven', async () => {
    const { store, deposit } = await accounts();
    const { handled } = noting(store);
    await deposit('a');
    await Promise.resolve();
    expect(handled).toEqual([]);
    await store.advance('2s');
    expect(handled).toEqual(['1/1']);
  });

  it('may append what follows from what it is given', async () => {
    const { store, deposit } = await accounts({}, ['balances', 'rewards']);
    await deposit('a', 100);
    store.consume<Amount>('rewards', async ({ decider_id, data }) => {
      if (decider_id === 'a' && data.amount === 100) await deposit('a', 1);
    });
    const { handled } = noting(store);
    await store.drain();
    expect(handled).toEqual(['1/1 by 2', '2/1 by 2']);
  });
});

describe('a consumer that crashes', () => {
  it.each(['before', 'after'] as const)(
    'once, %s handling, is given the event again as soon as its lock has ended',
    async (when) => {
      const { store, deposit } = await accounts();
      await deposit('a');
      await deposit('a');
      const at: number[] = [];
      const consumer = store.consume('balances', () => void at.push(store.elapsedMs), { seconds: 60 });
      consumer.crashes(when).times(1);
      await store.drain();
      // Read at 6 ms and locked until 60,006 ms, that instant included; since its restart at 7 ms it looks every second.
      const again = [60_008, 60_010];
      expect(at).toEqual(when === 'before' ? again : [7, ...again]);
      expect(store.timeline.filter(({ what }) => what === 'crashed')).toHaveLength(1);
    },
  );

  it('leaves everything that it had read locked', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'b', 'c']) await deposit(id);
    const { consumer, handled } = noting(store, { limit: 3, seconds: 60 });
    consumer.crashes('after').on({ decider_id: 'b' }).times(1);
    await store.advance('50s');
    expect(handled).toEqual(['1/1', '2/1']);
    await store.drain();
    expect(handled).toEqual(['1/1', '2/1', '2/2', '3/2']);
  });

  it('comes back when it is said, or when it is started', async () => {
    const { store, deposit } = await accounts({}, ['balances', 'mails']);
    await deposit('a');
    const { consumer, handled } = noting(store, { restartAfter: '10m' });
    consumer.crashes('before').times(1);
    await store.advance('9m');
    expect([consumer.status, handled]).toEqual(['crashed', []]);
    await store.advance('2m');
    expect([consumer.status, handled]).toEqual(['running', ['1/2']]);

    const other = noting(store, { restartAfter: false, seconds: 1 }, 'mails');
    other.consumer.crashes('before').times(1);
    await store.advance('1h');
    expect([other.consumer.status, other.handled]).toEqual(['crashed', []]);
    other.consumer.start();
    await store.drain();
    expect(other.handled).toEqual(['1/2 by 2']);
  });

  it('lets others go on with other partitions meanwhile', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'b', 'a', 'b']) await deposit(id);
    const first = noting(store, { restartAfter: false });
    const second = store.consume('balances', first.handler);
    first.consumer.crashes('after').times(1);
    await store.advance('1m');
    // Partition a is locked; the other is read to its end.
    expect(first.handled).toEqual(['1/1', '2/1 by 2', '4/1 by 2']);
    await store.drain();
    expect(first.handled.slice(3)).toEqual(['1/2 by 2', '3/1 by 2']);
    expect(second.status).toBe('running');
  });
});

describe('a handler that throws', () => {
  it('gives its event back, and is called again at once', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    let calls = 0;
    store.consume('balances', async () => {
      await null;
      if (++calls < 3) throw new Error(`no ${calls}`);
    });
    await store.drain();
    expect(calls).toBe(3);
    expect(store.elapsedMs).toBeLessThan(100);
    expect(store.timeline.filter(({ what }) => what === 'failed' || what === 'given back')).toHaveLength(4);
  });

  it.each<[ConsumeOptions['onError'] & {}, number]>([
    ['30s', 30_000],
    [250, 250],
    ['leave', 300_000],
    [(_, __, { number }) => number * 1000, 1000],
  ])('with the remedy %s is called again later', async (onError, delay) => {
    const { store, deposit } = await accounts();
    await deposit('a');
    const at: number[] = [];
    const consumer = store.consume('balances', () => void at.push(store.elapsedMs), { onError, every: 1 });
    consumer.throws(new Error('busy')).times(1);
    await store.drain();
    expect(at[0]).toBeGreaterThanOrEqual(delay);
    expect(at[0]).toBeLessThan(delay + 20);
  });

  it('may be given up on, by what it threw', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'a', 'b']) await deposit(id);
    const told: unknown[] = [];
    const { consumer, handled } = noting(store, {
      onError: (error, { offset }, { number }) => {
        told.push([(error as Error).message, offset, number]);
        return number < 2 ? '1s' : 'ack';
      },
    });
    consumer.throws(new Error('poison')).on({ offset: 1 });
    await store.drain();
    expect(told).toEqual([
      ['poison', 1, 1],
      ['poison', 1, 2],
    ]);
    expect(handled.sort()).toEqual(['2/1', '3/1']);
  });
});

describe('several consumers of a view', () => {
  it('share its partitions, each event handled once', async () => {
    const { store, deposit } = await accounts();
    for (let n = 0; n < 30; n++) await deposit(`account ${n % 6}`);
    const { handled, handler } = noting(store);
    const others = [store.consume('balances', handler), store.consume('balances', handler, { limit: 2 })];
    for (const consumer of store.consumers) consumer.takes('1s');
    await store.drain();
    const offsets = handled.map((each) => Number.parseInt(each, 10));
    expect(offsets.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    for (const { number } of others) {
      expect(handled.filter((each) => each.endsWith(` by ${number}`)).length).toBeGreaterThan(3);
    }
    // Three of them are faster than one: 30 s of work.
    expect(store.elapsedMs).toBeLessThan(16_000);
  });

  it('handle an event twice where the first is slower than its lock, and what it acknowledges late undoes progress', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    await deposit('a');
    const { consumer, handled, handler } = noting(store, { seconds: 60 });
    store.consume('balances', handler, { seconds: 60 });
    consumer.takes('90s').on({ delivery: 1 }).times(1);
    await store.drain();
    expect(handled).toEqual(['1/1', '1/2 by 2', '2/1 by 2', '2/1']);
    const texts = store.timeline.map(({ text }) => text);
    expect(texts).toContain(
      'consumer 1 of balances acknowledges offset 1 of a, which is not locked any more',
    );
  });

  it('may take a partition away from one another', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    const { consumer, handled, handler } = noting(store, { seconds: 60 });
    const other = store.consume('balances', handler, { seconds: 60 });
    consumer.takes('70s').times(1);
    other.takes('70s').times(1);
    await store.drain();
    expect(handled).toEqual(['1/1', '1/2 by 2']);
    expect(store.timeline.map(({ text }) => text)).toContain(
      'consumer 1 of balances acknowledges offset 1 of a, which consumer 2 has locked by now',
    );
  });

  it('of different views do not get into each other', async () => {
    const { store, deposit } = await accounts({}, ['balances', 'mails']);
    await deposit('a');
    const balances = noting(store);
    const mails = noting(store, {}, 'mails');
    balances.consumer.crashes('after').times(1);
    await store.advance('1m');
    expect([balances.handled, mails.handled]).toEqual([['1/1'], ['1/1 by 2']]);
    await store.drain();
    expect([balances.handled, mails.handled]).toEqual([['1/1', '1/2'], ['1/1 by 2']]);
  });
});

describe('a consumer in the hands of a test', () => {
  it('that is stopped handles what it has read', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'b', 'a']) await deposit(id);
    const { consumer, handled } = noting(store, { limit: 2 });
    consumer.takes('10s');
    await store.advance('5s');
    consumer.stop();
    expect(consumer.status).toBe('stopping');
    await store.advance('1h');
    expect([consumer.status, handled]).toEqual(['stopped', ['1/1', '2/1']]);
    consumer.start();
    await store.drain();
    expect(handled).toEqual(['1/1', '2/1', '3/1']);
  });

  it('that is killed has acknowledged nothing of what it had in hand', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    const { consumer, handled } = noting(store, { seconds: 60, restartAfter: '1s' });
    consumer.takes('10s').times(1);
    await store.advance('5s');
    consumer.kill();
    await store.drain();
    expect(handled).toEqual(['1/1', '1/2']);
    expect(store.elapsedMs).toBeGreaterThan(60_000);
  });

  it('that its own handler kills acknowledges nothing', async () => {
    const { store, deposit } = await accounts();
    await deposit('a');
    let calls = 0;
    const consumer = store.consume('balances', async () => {
      await null;
      if (++calls === 1) consumer.kill();
    });
    await store.drain();
    expect(calls).toBe(2);
    expect(store.elapsedMs).toBeGreaterThan(300_000);
  });

  it('that is stopped while it has nothing to do has stopped, and can be stopped twice', async () => {
    const { store } = await accounts();
    const { consumer } = noting(store);
    consumer.stop();
    consumer.stop();
    consumer.kill();
    expect(consumer.status).toBe('stopped');
    expect(store.consumers).toEqual([consumer]);
  });
});

describe('faults', () => {
  it('are for every delivery, or for some, of which the first that was said counts', async () => {
    const { store, deposit } = await accounts();
    for (const id of ['a', 'b', 'c']) await deposit(id);
    const { consumer, handled } = noting(store);
    consumer.throws(new Error('x')).on({ offset: 2, delivery: 1 });
    consumer.throws(new Error('y')).on({ decider_id: 'c', event: 'Deposited' }).times(2);
    consumer.takes('1s');
    consumer.takes('2s');
    await store.drain();
    expect(handled.sort()).toEqual(['1/1', '2/2', '3/3']);
    const errors = store.timeline.filter(({ what }) => what === 'failed').map(({ text }) => text.slice(-1));
    expect(errors.sort()).toEqual(['x', 'y', 'y']);
    // Six deliveries, the last of the durations for each.
    expect(store.elapsedMs).toBeGreaterThan(12_000);
    expect(store.elapsedMs).toBeLessThan(13_000);
  });
});
