/** Random tests with one seed for all of them: a fixed one, or PGTWIN_SEED. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';

const given = process.env.PGTWIN_SEED;
export const seed = given === undefined ? 1 : Number(given);
if (!Number.isSafeInteger(seed)) throw new Error(`PGTWIN_SEED=${given}: expected a whole number`);

/** Throws, with the smallest value found and the seed that replays it, where the law does not hold. */
export function forAll<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, law: (value: T) => void): void {
  const property = fc.property(arbitrary, (value) => {
    law(value);
  });
  // fast-check takes seeds of 32 bits.
  const checked = fc.check(property, { seed: seed | 0, numRuns });
  if (!checked.failed) return;
  throw new Error(`replay with PGTWIN_SEED=${seed}\n${fc.defaultReportMessage(checked)}`, {
    cause: checked.errorInstance,
  });
}

/** `toStrictEqual` without its cost where the two are equal. */
export function expectSame(actual: unknown, expected: unknown, hint?: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  expect(actual, hint).toStrictEqual(expected);
  // The two notions differ in corners such as prototypes; none of them is meant to pass.
  throw new Error(hint ?? 'not the same');
}
