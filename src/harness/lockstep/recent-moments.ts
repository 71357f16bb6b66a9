/** The last moments of a trace, as many as memory allows: each may hold every table anew. */
import type { Observation } from '../contract/observation.ts';

/** Of what the moments hold together, as estimated here; making a page of it takes some times as much. */
const mostBytes = 250_000_000;
/** These are kept however large they are: the end is where the trouble is. A page knows what was there before. */
const leastMoments = 1;
/** Of a row and of each value in it, beside the texts. */
const rowBytes = 100;
const valueBytes = 20;
const pointerBytes = 8;

export class RecentMoments<Moment> {
  readonly #limit: number;
  readonly #sizes: number[] = [];
  readonly #moments: Moment[] = [];
  /** Moments share what stays as it was. */
  readonly #known = new WeakSet<object>();
  #size = 0;
  #leftOut = 0;
  #lastLeftOut: Moment | undefined;

  constructor(limit = mostBytes) {
    this.#limit = limit;
  }

  /** With all that it holds of the tables. */
  add(moment: Moment, observations: readonly Observation[]): void {
    const size = observations.reduce((sum, tables) => sum + this.#sizeOfTables(tables), 0);
    this.#moments.push(moment);
    this.#sizes.push(size);
    this.#size += size;
    while (this.#size > this.#limit && this.#moments.length > leastMoments) {
      this.#lastLeftOut = this.#moments.shift();
      this.#size -= this.#sizes.shift()!;
      this.#leftOut++;
    }
  }

  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** How many there were before those. */
  get leftOut(): number {
    return this.#leftOut;
  }

  get lastLeftOut(): Moment | undefined {
    return this.#lastLeftOut;
  }

  #sizeOfTables(tables: Observation): number {
    let size = 0;
    for (const rows of tables.values()) {
      if (this.#isKnown(rows)) continue;
      size += rows.length * pointerBytes;
      for (const row of rows) if (!this.#isKnown(row)) size += rowBytes + sizeOf(row);
    }
    return size;
  }

  #isKnown(object: object): boolean {
    if (this.#known.has(object)) return true;
    this.#known.add(object);
    return false;
  }
}

/** Nothing here recurses: a value may be nested as deep as memory allows. */
function sizeOf(value: unknown): number {
  const open: unknown[] = [value];
  let size = 0;
  while (open.length > 0) {
    const next = open.pop();
    size += typeof next === 'string' ? next.length : valueBytes;
    if (typeof next !== 'object' || next === null) continue;
    for (const name in next) open.push((next as Record<string, unknown>)[name]);
  }
  return size;
}
