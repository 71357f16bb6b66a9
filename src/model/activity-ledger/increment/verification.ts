/** What the second ledger's number tells: fifteen digits that only grow. */

import type { Fault, Leg, Stage } from '../shared/outcome.ts';

export const weights = {
  /** The first digit: 2 where no new message is let in. */
  finalize: 200_000_000_000_000,
  /** The second and third digit: how often leg 1 was entered. */
  leg1Entry: 1_000_000_000_000,
  /** The fourth digit. */
  leg1Completion: 100_000_000_000,
  /** The last eight digits: how often leg 2 was entered. */
  leg2Entry: 1,
} as const;

/** The number that a message has for itself: how far it has come, and the last eight digits, which entry it was. */
export const steps = {
  /** The fourth digit: it was the one that closed its job. */
  closed: 100_000_000_000,
  /** The fifth, the sixth and the seventh digit. */
  work: 10_000_000_000,
  spawn: 1_000_000_000,
  completion: 100_000_000,
} as const;
export const stepWeights = [steps.work, steps.spawn, steps.completion] as const;

/** A trigger's ledger is that of an activity that was entered and left, and entered again once. */
export const triggerSeed = 101_100_000_000_001;

const entries = 100_000_000;
/** What a counter cannot grow beyond. */
export const mostAttempts = 99;
export const mostEntries = entries - 1;

/** A digit by its weight. Of a negative number, as of its amount. */
export const digitOf = (value: number, weight: number): number => wholesOf(value, weight) % 10;

/** How many of these there are, exactly. */
function wholesOf(value: number, weight: number): number {
  const amount = Math.abs(value);
  return (amount - (amount % weight)) / weight;
}

export const attemptsOf = (value: number): number => wholesOf(value, weights.leg1Entry) % 100;
export const entriesOf = (value: number): number => Math.abs(value) % entries;

export const hasLeg1Ended = (value: number): boolean => digitOf(value, weights.leg1Completion) > 0;
export const isFinalized = (value: number): boolean => digitOf(value, weights.finalize / 2) >= 2;

/** Of an activity's ledger, after it was entered. */
export function verifyInteger(value: number, leg: Leg, stage: Stage): Fault | null {
  if (stage === 'exit') return null;
  if (leg === 1) {
    if (attemptsOf(value) === 0) return 'missing';
    return hasLeg1Ended(value) ? 'duplicate' : null;
  }
  if (!hasLeg1Ended(value)) return 'forbidden';
  return isFinalized(value) ? 'inactive' : null;
}

/** Of a message's own: nothing is left to do for one that has come to its end. */
export function verifySynthetic(value: number): Fault | null {
  if (digitOf(value, steps.completion) > 0) return 'inactive';
  const isSpawned = digitOf(value, steps.spawn) > 0;
  return isSpawned && digitOf(value, steps.closed) === 0 ? 'inactive' : null;
}

/** Which entry of leg 2 this is, counted from 0; null where there was none. */
export function dimensionalIndex(value: number): number | null {
  const count = entriesOf(value);
  return count === 0 ? null : count - 1;
}
