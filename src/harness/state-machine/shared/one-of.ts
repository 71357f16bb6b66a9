/** The number of one that is there, or now and then of none. */
import type { Arbitrary } from 'fast-check';
import { fc } from '../../contract/fast-check.ts';

/** Mostly a likely one, and of those mostly the first. */
export function oneOf(likely: readonly number[], all: readonly number[]): Arbitrary<number> {
  const ids = likely.length > 0 ? likely : all;
  const odd = fc.constantFrom(99, -1);
  return ids.length === 0
    ? odd
    : fc.oneof(
        { weight: 20, arbitrary: fc.constant(ids[0]!) },
        { weight: 10, arbitrary: fc.constantFrom(...ids) },
        { weight: 1, arbitrary: odd },
      );
}
