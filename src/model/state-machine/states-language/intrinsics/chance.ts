/** What is left to chance, as a share: 0 <= x < 1. */

/** Of the first 48 bits of a random uuid. */
export const drawn = (uuid: string): number =>
  Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16) / 2 ** 48;

/** The same for the same seed: the first number of mulberry32. */
export function seeded(seed: number): number {
  const a = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
