/** The seed of one sample out of a campaign's seed and the sample's index. */

/**
 * A signed 32-bit seed that depends on both arguments alone. Neighbouring samples and neighbouring campaign
 * seeds get unrelated ones.
 */
export function sampleSeed(seed: number, index: number): number {
  // A campaign seed may have 53 bits, of which every one counts.
  const high = Math.floor(seed / 2 ** 32);
  return scramble(scramble(scramble(seed ^ 0x9e3779b9) + high) + index);
}

/** A bijection of 32-bit integers in which each bit of the argument moves about half of the result's. */
function scramble(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
