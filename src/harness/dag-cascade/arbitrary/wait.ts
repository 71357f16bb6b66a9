/** When the next command comes: mostly at once, else around the moment when a task is late or may run. */
import type { Arbitrary } from 'fast-check';
import { fc } from '../../contract/fast-check.ts';
import { isKept, type Scene } from './scene.ts';

const day = 86_400_000;
const month = 30 * day;

/** Milliseconds. */
export function arbitraryWait({ state, open, now, character }: Scene): Arbitrary<number> {
  const moments = open
    .flatMap(({ times_up, eligible_when }) => [times_up, eligible_when])
    .map((moment) => (moment ?? 0) - now)
    .filter((wait) => wait >= 0 && wait < month);
  const { last_heavy_maintenance: heavy, last_light_maintenance: light } = state.control;
  const maintenance = [(heavy ?? 0) + day - now, (light ?? 0) + 300_000 - now].filter((wait) => wait >= 0);
  const next = moments.length === 0 ? 1000 : Math.min(...moments);
  return fc.oneof(
    // Rarely so long that what runs is late, which ends most of it.
    { weight: 36, arbitrary: fc.constant(0) },
    { weight: 9, arbitrary: fc.constantFrom(1, 7, 10, 50, 100, 1000) },
    { weight: 1, arbitrary: fc.constant(65_000) },
    { weight: 5, arbitrary: fc.constantFrom(Math.max(0, next - 1), next, next + 1) },
    {
      weight: isKept(character) && maintenance.length > 0 ? 8 : 0,
      arbitrary: fc.constantFrom(...maintenance, 0),
    },
    {
      weight: character > 0.8 ? 4 : 0,
      arbitrary: fc.constantFrom(3_700_000, 90_061_000, 200_000_000, month, month + 1),
    },
  );
}
