/** Which texts are prepared in the session, and under which number: the most recently used ones. */

export interface Slot {
  readonly number: number;
  /** Whether the text has yet to be prepared. */
  readonly fresh: boolean;
  /** Whether another text held this number and must be closed first. */
  readonly reused: boolean;
}

export class StatementCache {
  readonly #capacity: number;
  // Insertion order is the order of use: a text that is used moves to the end.
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The slot of `text`; where all are taken, the one that was not used for longest. */
  take(text: string): Slot {
    const known = this.#numbers.get(text);
    if (known !== undefined) {
      this.#numbers.delete(text);
      this.#numbers.set(text, known);
      return { number: known, fresh: false, reused: false };
    }
    const slot = this.#vacate();
    this.#numbers.set(text, slot.number);
    return slot;
  }

  /** The text is no longer, or was never, prepared. */
  forget(text: string): void {
    const number = this.#numbers.get(text);
    if (number === undefined) return;
    this.#numbers.delete(text);
    this.#free.push(number);
  }

  #vacate(): Slot {
    // A freed number may still name a statement: one that was forgotten because its plan is no good.
    const free = this.#free.pop();
    if (free !== undefined) return { number: free, fresh: true, reused: true };
    if (this.#next < this.#capacity) return { number: this.#next++, fresh: true, reused: false };
    const [text, number] = this.#numbers.entries().next().value!;
    this.#numbers.delete(text);
    return { number, fresh: true, reused: true };
  }
}
