/** Numbers that look random, the same ones for the same seed wherever it runs. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** At least 0, less than 1. */
  #next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** From the least to the greatest, both of them among it. */
  integer(least, greatest) {
    return least + Math.floor(this.#next() * (greatest - least + 1));
  }

  /** Whether something happens that happens so often in 100 times. */
  percent(often) {
    return this.#next() * 100 < often;
  }

  one(values) {
    return values[this.integer(0, values.length - 1)];
  }

  /** One of `[weight, value]`, the heavier ones more often. */
  weighted(choices) {
    let left = this.#next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return choices.at(-1)[1];
  }

  /** So many of them, or fewer; each at most once, in their order. */
  some(values, most) {
    const left = [...values];
    while (left.length > most) left.splice(this.integer(0, left.length - 1), 1);
    return left;
  }
}
