/** The hybrid logical clock, and how it is written. */
import type { Instant } from '../../kernel/instant.ts';
import type { Clock } from './state.ts';

/** Both parts have 32 bits. */
const beyond = 2 ** 32;

const secondsOf = (now: Instant): number => Math.floor(now / 1000);

/** The next value: later than the one before, also where the wall clock stands or goes back. Surprise: but after the last count. */
export function next({ wall, logical }: Clock, now: Instant): Clock {
  const seconds = secondsOf(now);
  return wall >= seconds ? { wall, logical: (logical + 1) % beyond } : { wall: seconds, logical: 0 };
}

/** Whichever of both is later. */
export function updated(own: Clock, { wall, logical }: Clock): Clock {
  if (wall !== own.wall) return wall < own.wall ? own : { wall, logical };
  return { wall, logical: Math.max(own.logical, logical) };
}

const shift = 2n ** 32n;

/** Surprise: the count stands before the seconds, so that a later value can be the smaller number. */
export const asUint64 = ({ wall, logical }: Clock): string => String(BigInt(logical) * shift + BigInt(wall));
/** So that later values are larger. */
export const asDocumentedUint64 = ({ wall, logical }: Clock): string =>
  String(BigInt(wall) * shift + BigInt(logical));

/** In hexadecimal digits. Surprise: as few as there are, so that ids differ in length. */
export const asString = ({ wall, logical }: Clock): string =>
  logical === 0 ? wall.toString(16) : logical.toString(16) + wall.toString(16).padStart(8, '0');

export function parsed(value: string): Clock {
  const whole = BigInt(value);
  return { wall: Number(whole % shift), logical: Number(whole / shift) };
}
