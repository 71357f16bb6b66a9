/** Virtual time as a distance: traces have milliseconds beside days, so the gaps are drawn by their logarithm. */
import type { PageData } from '../page-data.ts';

export interface Axis {
  /** Left end to right end, 0 to 1, of milliseconds since the start. */
  place(milliseconds: number): number;
  /** The instants at which something happens, in order. */
  readonly instants: readonly number[];
}

/** The same for all moments of the page, so that nothing moves but what happens. */
export function axisOf({ moments, messages }: PageData): Axis {
  const known = new Set<number>([0]);
  for (const { at, sides } of moments) {
    known.add(at);
    for (const { finished } of sides) known.add(finished);
  }
  for (const { enqueued, visible } of messages) {
    known.add(enqueued);
    known.add(visible);
  }
  const instants = [...known].filter(Number.isFinite).sort((a, b) => a - b);
  const ends = [0];
  for (const [i, instant] of instants.entries()) {
    if (i > 0) ends.push(ends[i - 1]! + Math.log2(2 + (instant - instants[i - 1]!)));
  }
  // What is still to come has some room beyond the last instant.
  const width = Math.max(ends.at(-1)! * 1.06, 1);
  return {
    instants,
    place(milliseconds) {
      const after = instants.findIndex((instant) => instant >= milliseconds);
      if (after < 0) return 1;
      if (instants[after] === milliseconds || after === 0) return ends[after]! / width;
      const [from, to] = [instants[after - 1]!, instants[after]!];
      const share = (milliseconds - from) / (to - from);
      return (ends[after - 1]! + share * (ends[after]! - ends[after - 1]!)) / width;
    },
  };
}
