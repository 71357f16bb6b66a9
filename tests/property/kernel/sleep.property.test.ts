/** `pg_sleep` on the virtual clock: at least as long as asked, and at most a millisecond longer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds, sleep } from '../../../src/model/kernel/instant.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

const start = Date.parse('2030-01-01T00:00:00.000Z');
// Up to the year 2100: as far as a double of seconds since 2000 is exact to well below a millisecond.
const instants = fc.integer({ min: start, max: Date.parse('2100-01-01T00:00:00.000Z') });
const lengths = fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 86_400_000 }));

describe('a sleep', () => {
  it('takes at least the milliseconds that were asked for, and at most one more', () => {
    let late = 0;
    forAll(fc.tuple(instants, lengths), 2000, ([instant, ms]) => {
      const took = sleep(instant, ms / 1000) - instant;
      if (took === ms + 1) late++;
      expectSame(took === ms || took === ms + 1, true, `${ms} ms took ${took}`);
    });
    // The rounding error of a double of seconds; without it every sleep would be exact.
    expect(late).toBeGreaterThan(0);
  });

  it('of whole seconds is exact where it begins at a whole second', () => {
    forAll(
      fc.tuple(fc.nat({ max: 2_000_000_000 }), fc.integer({ min: 1, max: 86_400 })),
      500,
      ([at, seconds]) => {
        const instant = start + at * 1000;
        expectSame(sleep(instant, seconds), plusSeconds(instant, seconds));
      },
    );
  });

  it('of nothing, or less, ends at once', () => {
    forAll(fc.tuple(instants, fc.integer({ min: -10_000, max: 0 })), 200, ([instant, seconds]) => {
      expectSame(sleep(instant, seconds), instant);
    });
  });

  it('ends no earlier for being longer', () => {
    forAll(fc.tuple(instants, lengths, lengths), 500, ([instant, a, b]) => {
      const [shorter, longer] = a < b ? [a, b] : [b, a];
      expectSame(sleep(instant, shorter / 1000) <= sleep(instant, longer / 1000), true);
    });
  });

  it('of a tenth of a second takes 101 ms, and of a quarter, which a double holds exactly, 250', () => {
    for (let instant = start; instant < start + 1000; instant++) {
      expectSame([sleep(instant, 0.1) - instant, sleep(instant, 0.25) - instant], [101, 250]);
    }
  });
});
