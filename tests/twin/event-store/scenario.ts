/** Mixtures of consumers and of what befalls them. */
import fc from 'fast-check';
import type { EventStoreOptions } from '../../../src/harness/event-store/twin/index.ts';
import { accounts } from './account.ts';

const partition = fc.constantFrom('a', 'b', 'c');
const fault = fc.oneof(
  fc.record({ type: fc.constant('crashes' as const), when: fc.constantFrom('before', 'after') }),
  fc.record({ type: fc.constant('throws' as const) }),
  fc.record({ type: fc.constant('takes' as const), seconds: fc.integer({ min: 1, max: 30 }) }),
);
const consumer = fc.record({
  limit: fc.integer({ min: 1, max: 4 }),
  every: fc.integer({ min: 1, max: 5000 }),
  onError: fc.constantFrom('nack' as const, 'leave' as const, '7s' as const),
  restartAfter: fc.integer({ min: 0, max: 10_000 }),
  faults: fc.array(fc.record({ fault, times: fc.integer({ min: 1, max: 3 }) }), { maxLength: 3 }),
});
export const scenario = fc.record({
  before: fc.array(partition, { maxLength: 8 }),
  during: fc.array(fc.record({ at: fc.integer({ min: 0, max: 120_000 }), partition }), { maxLength: 8 }),
  consumers: fc.array(consumer, { minLength: 1, maxLength: 3 }),
});
export type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** Longer than any handler takes with everything it has read: nobody acknowledges what another has by then. */
export const longLock = 600;

/** What was handled, in order, by partition. */
export async function play(
  { before, during, consumers }: Scenario,
  seconds = longLock,
  options: EventStoreOptions = {},
) {
  const { store, deposit } = await accounts(options);
  for (const each of before) await deposit(each);
  const handled = new Map<string, number[]>();
  for (const { faults, ...options } of consumers) {
    const handler = ({ decider_id, offset }: { decider_id: string; offset: number }) => {
      handled.set(decider_id, [...(handled.get(decider_id) ?? []), offset]);
    };
    const one = store.consume('balances', handler, { ...options, seconds });
    for (const { fault: each, times } of faults) {
      if (each.type === 'crashes') one.crashes(each.when as 'before').times(times);
      else if (each.type === 'throws') one.throws(new Error('no')).times(times);
      else one.takes(`${each.seconds}s`).times(times);
    }
  }
  for (const each of during) store.after(each.at, () => deposit(each.partition));
  await store.advance(120_000);
  await store.drain();
  return { store, handled };
}

/** Everything that can be told of it. */
export async function outcomeOf(each: Scenario, backend: 'model' | 'pglite'): Promise<string> {
  // Locks that end soon, so that consumers get into each other's way.
  const { store, handled } = await play(each, 5, { backend });
  await store.close();
  return `${store.timeline}\n${JSON.stringify([store.events, store.locks, [...handled]])}`;
}
