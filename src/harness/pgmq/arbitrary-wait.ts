/** When the next command comes: mostly at once, else around the moment when a message becomes visible. */
import type { Arbitrary } from 'fast-check';
import type { PgmqState } from '../../model/pgmq/state.ts';
import { fc } from '../contract/fast-check.ts';

/** Longer than 2 ** 31 seconds, as far as an integer can count. */
const decades = 70 * 366 * 86_400_000;

/** Milliseconds. To just before, exactly at, and just after the next visibility boundary, to the last one, or far off. */
export function arbitraryWait(now: number, { queues }: PgmqState): Arbitrary<number> {
  const boundaries = [...queues.values()]
    .flatMap((queue) => queue.messages.values().map((message) => message.vt - now))
    // A message may be hidden for decades; waiting for it would leave everything else behind.
    .filter((wait) => wait > 1 && wait < 30 * 86_400_000);
  const next = boundaries.length === 0 ? 0 : Math.min(...boundaries);
  const around = next === 0 ? [0] : [next - 1, next, next, next + 1, Math.max(0, next - 500)];
  const far = boundaries.length === 0 ? 1000 : Math.max(...boundaries);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.constantFrom(1, 10, 999, 1000, 2000) },
    { weight: 5, arbitrary: fc.constantFrom(...around) },
    { weight: 1, arbitrary: fc.constantFrom(far, 60_000, 3_600_000, decades) },
  );
}
