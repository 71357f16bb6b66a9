/** Statements that are committed together, or not at all. */
import { expect, it } from 'vitest';
import { SimulationError } from '../../../src/harness/event-store/twin/index.ts';
import { accounts, uuid } from './account.ts';
import { next, opened } from './refusals.ts';

it('gives what its function gives, its statements at the same instant', async () => {
  const { store } = await accounts();
  const seen = await store.transaction(async (transaction) => {
    await transaction.appendEvent(opened);
    await transaction.appendEvent(next);
    // Not yet there for anybody else.
    expect(store.events).toEqual([]);
    // NOW() stands still, so that nothing of it can be streamed.
    expect(await transaction.streamEvents({ view: 'balances' })).toEqual([]);
    return transaction.getEvents({ decider_id: 'a', decider: 'Account' });
  });
  expect(seen.map(({ offset }) => offset)).toEqual([1, 2]);
  expect(store.events).toEqual(seen);
  expect(store.events.map(({ created_at }) => created_at.getTime() - Date.UTC(2030, 0, 1))).toEqual([4, 4]);
  // Two appends, a stream, and what was read.
  expect(store.elapsedMs).toBe(8);
  expect(await store.streamEvents({ view: 'balances' })).toHaveLength(1);
});

it('is undone where its function throws, but for the offsets that it drew', async () => {
  const { store } = await accounts();
  const failing = store.transaction(async (transaction) => {
    await transaction.appendEvent(opened);
    throw new Error('not sent');
  });
  await expect(failing).rejects.toThrow('not sent');
  expect(store.events).toEqual([]);
  expect((await store.appendEvent(opened)).offset).toBe(2);
  expect(store.timeline.map(({ text }) => text)).toContain('a transaction is rolled back');
});

it('is undone where a statement is refused, and nothing goes on in it, even if nobody minds', async () => {
  const { store } = await accounts();
  const refused = store.transaction(async (transaction) => {
    await transaction.appendEvent(opened);
    await transaction.appendEvent({ ...next, event: 'Nope' }).catch(() => {});
    await expect(transaction.appendEvent(next)).rejects.toMatchObject({
      code: '25P02',
      message: 'current transaction is aborted, commands ignored until end of transaction block',
    });
  });
  await expect(refused).rejects.toMatchObject({ code: '23503' });
  expect(store.events).toEqual([]);
  expect(String(store.timeline)).toContain('append_event is refused: 23503');
});

it('of two, one begins when the other has ended, and so does everything else', async () => {
  const { store } = await accounts();
  const order: string[] = [];
  const first = store.transaction(async (transaction) => {
    await transaction.appendEvent(opened);
    await new Promise((resolve) => setTimeout(resolve, 5));
    order.push('first');
  });
  const second = store.transaction(async (transaction) => {
    order.push('second');
    await transaction.appendEvent(next);
  });
  const third = store
    .appendEvent({ ...next, event_id: uuid(3), previous_id: uuid(2) })
    .then(({ offset }) => order.push(`third ${offset}`));
  await Promise.all([first, second, third]);
  expect(order).toEqual(['first', 'second', 'third 3']);
});

it('has its own calls: one on the store within it would wait for ever, which is told', async () => {
  const { store } = await accounts({ handlerTimeout: 20 });
  const waiting = store.transaction(() => store.appendEvent(opened));
  await expect(waiting).rejects.toThrow(SimulationError);
  await expect(waiting).rejects.toThrow(
    'append_event has waited 20 ms for a transaction that is still open: inside transaction(), call it on the argument of the function',
  );
  // It has ended with that.
  expect(await store.appendEvent(opened)).toMatchObject({ offset: 1 });
});

it('is over when it is over', async () => {
  const { store } = await accounts();
  const late = await store.transaction(async (transaction) => ({ transaction }));
  await expect(late.transaction.appendEvent(opened)).rejects.toThrow(
    'append_event comes too late: its transaction is over',
  );
});

it('without statements is nothing', async () => {
  const { store } = await accounts();
  const { length } = store.trace.commands;
  expect(await store.transaction(() => 7)).toBe(7);
  expect(store.trace.commands).toHaveLength(length);
});

it('may stream and acknowledge, which is told like everything else', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  const told = store.timeline.length;
  for (const isLast of [false, true]) {
    const streaming = store.transaction(async (transaction) => {
      const [event] = await transaction.streamEvents({ view: 'balances' });
      if (!isLast) return;
      await transaction.ackEvent({ view: 'balances', decider_id: 'a', offset: event!.offset });
    });
    await streaming;
    await store.advance('5m');
  }
  expect(store.timeline.slice(told).map(({ text }) => text)).toEqual([
    'view balances reads Deposited of a (offset 1), locked until +300.005s',
    'view balances reads Deposited of a (offset 1) again (delivery 2), locked until +600.006s',
    'view balances acknowledges offset 1 of a',
  ]);
});
