/** When the next command comes: mostly at once, else around the moment when a task is late or may run. */
import type { Arbitrary } from 'fast-check';
import { fc } from '../../contract/fast-check.ts';
import type { Scene } from './scene.ts';

const month = 30 * 86_400_000;

/** Milliseconds. */
export function arbitraryWait({ open, now, character }: Scene): Arbitrary<number> {
  const moments = open
    .flatMap(({ times_up, eligible_when }) => [times_up, eligible_when])
    .map((moment) => (moment ?? 0) - now)
    .filter((wait) => wait >= 0 && wait < month);
  const next = moments.length === 0 ? 1000 : Math.min(...moments);
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.constantFrom(1, 7, 50, 1000, 65_000) },
    { weight: 4, arbitrary: fc.constantFrom(Math.max(0, next - 1), next, next + 1) },
    {
      weight: character > 0.8 ? 3 : 0,
      arbitrary: fc.constantFrom(3_700_000, 90_061_000, 200_000_000, month, month + 1),
    },
  );
}
