/** Uuids that look random and are the same for the same seed. */

/** A generator of numbers below 2^32: mulberry32. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function uuids(seed: number): () => string {
  const next = numbers(seed);
  const word = () => next().toString(16).padStart(8, '0');
  return () => {
    const digits = word() + word() + word() + word();
    const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
    return [...parts, `8${digits.slice(17, 20)}`, digits.slice(20)].join('-');
  };
}
