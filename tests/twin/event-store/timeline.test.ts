/** What happened is there to read, to search and to execute again. */
import { expect, it } from 'vitest';
import { eventStoreCommand } from '../../../src/model/event-store/commands.ts';
import { accounts } from './account.ts';
import { next, opened } from './refusals.ts';

async function play() {
  const { store } = await accounts();
  const consumer = store.consume('balances', () => {}, { seconds: 60 });
  consumer.crashes('after').times(1);
  consumer.throws(new Error('busy\nin here')).on({ event: 'Deposited' }).times(1);
  await store.appendEvent(opened);
  await store.appendEvent({ ...opened }).catch(() => {});
  await store.transaction(async (transaction) => {
    await transaction.appendEvent(next);
  });
  await store.drain();
  await store.streamEvents({ view: 'balances' });
  await store.nackEvent({ view: 'balances', decider_id: 'z' });
  await store.deleteView({ view: 'balances' });
  consumer.stop();
  return store;
}

it('a line each', async () => {
  const { timeline } = await play();
  expect(`\n${timeline}\n`).toBe(`
    +0.000s  Account may publish Opened
    +0.001s  Account may publish Deposited
    +0.002s  Account may publish Closed
    +0.003s  view balances is registered
    +0.004s  consumer 1 of balances starts
    +0.004s  Opened is appended to Account a (offset 1)
    +0.005s  append_event is refused: P0001 previous_id can only be null for the first decider event
    +0.006s  Deposited is appended to Account a (offset 3)
    +1.004s  consumer 1 of balances reads Opened of a (offset 1), locked until +61.004s
    +1.005s  consumer 1 of balances crashes after handling Opened of a (offset 1)
    +1.005s  consumer 1 of balances starts again
   +61.005s  consumer 1 of balances reads Opened of a (offset 1) again (delivery 2), locked until +121.005s
   +61.006s  consumer 1 of balances acknowledges offset 1 of a
   +61.007s  consumer 1 of balances reads Deposited of a (offset 3), locked until +121.007s
   +61.008s  consumer 1 of balances fails to handle Deposited of a (offset 3): busy
   +61.008s  consumer 1 of balances gives a back
   +61.009s  consumer 1 of balances reads Deposited of a (offset 3) again (delivery 2), locked until +121.009s
   +61.010s  consumer 1 of balances acknowledges offset 3 of a
   +61.012s  view balances has nothing to give back of z
   +61.013s  view balances is deleted
   +61.014s  consumer 1 of balances is told to stop
   +61.014s  consumer 1 of balances has stopped
`);
});

it('as entries that can be searched, and are equal where what happened is', async () => {
  const { timeline } = await play();
  expect(timeline.filter(({ what }) => what === 'delivered').map(({ at, text, ...rest }) => rest)).toEqual(
    [1, 2, 1, 2].map((delivery, i) => ({
      what: 'delivered',
      consumer: 1,
      view: 'balances',
      decider: 'Account',
      decider_id: 'a',
      event: i < 2 ? 'Opened' : 'Deposited',
      offset: i < 2 ? 1 : 3,
      delivery,
    })),
  );
  expect((await play()).timeline).toEqual(timeline);
});

it('as it goes on, without what was there before being told anew', async () => {
  const store = await play();
  const before = store.timeline;
  await store.registerView({ view: 'other' });
  expect(store.timeline.slice(0, before.length)).toEqual(before);
  expect(store.timeline).toHaveLength(before.length + 1);
});

it('as a trace whose commands are those of the engine', async () => {
  const { trace } = await play();
  expect(trace).toMatchObject({
    engine: 'event-store',
    release: 'text',
    startedAt: '2030-01-01T00:00:00.000Z',
  });
  for (const { command } of trace.commands) expect(() => eventStoreCommand.parse(command)).not.toThrow();
  const times = trace.commands.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
