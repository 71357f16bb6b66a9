/** When the next command comes: mostly at once, else around the moment when a lock ends. */
import type { Arbitrary } from 'fast-check';
import type { EventStoreState } from '../../../model/event-store/state.ts';
import { fc } from '../../contract/fast-check.ts';

const month = 30 * 86_400_000;

/** Milliseconds. */
export function arbitraryWait(now: number, { subscriptions }: EventStoreState): Arbitrary<number> {
  const ends = [...subscriptions.values()]
    .flatMap(({ locks }) => locks.values().map(({ locked_until }) => locked_until - now))
    // A lock may be held for decades; waiting for it would leave everything else behind.
    .filter((wait) => wait >= 0 && wait < month);
  const next = ends.length === 0 ? 0 : Math.min(...ends);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.constant(1) },
    { weight: 5, arbitrary: fc.constantFrom(Math.max(0, next - 1), next, next + 1) },
    { weight: 3, arbitrary: fc.constantFrom(...(ends.length === 0 ? [10] : ends.map((wait) => wait + 1))) },
    { weight: 1, arbitrary: fc.constantFrom(999, 60_000, 300_000, 300_001, month) },
  );
}
