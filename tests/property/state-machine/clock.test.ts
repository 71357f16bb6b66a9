/** The hybrid logical clock: it rises, and how it is written does not always. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asString, asUint64, next, parsed, updated } from '../../../src/model/state-machine/fornext/clock.ts';

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const clocks = fc.record({ wall: uint32, logical: uint32 });
const order = (a: { wall: number; logical: number }, b: { wall: number; logical: number }) =>
  a.wall - b.wall || a.logical - b.logical;

describe('the clock', () => {
  test('rises with each value, whatever the time is', () => {
    fc.assert(
      fc.property(clocks, fc.integer({ min: 0, max: 4e12 }), (clock, now) => {
        fc.pre(clock.logical < 2 ** 32 - 1);
        expect(order(next(clock, now), clock)).toBeGreaterThan(0);
      }),
    );
  });

  test('begins to count anew after the last value that it can hold', () => {
    expect(next({ wall: 10, logical: 2 ** 32 - 1 }, 10_000)).toEqual({ wall: 10, logical: 0 });
  });

  test('takes the later of two values', () => {
    fc.assert(
      fc.property(clocks, clocks, (a, b) => {
        expect(updated(a, b)).toEqual(order(a, b) >= 0 ? a : b);
      }),
    );
  });

  test('is read back from its number', () => {
    fc.assert(
      fc.property(clocks, (clock) => {
        expect(parsed(asUint64(clock))).toEqual(clock);
        expect(BigInt(`0x${asString(clock)}`)).toBe(BigInt(asUint64(clock)));
      }),
    );
  });

  test('goes back as a number with the next second', () => {
    const later = next({ wall: 10, logical: 3 }, 11_000);
    expect(later).toEqual({ wall: 11, logical: 0 });
    expect(BigInt(asUint64(later))).toBeLessThan(BigInt(asUint64({ wall: 10, logical: 3 })));
  });
});
