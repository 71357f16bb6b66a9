/**
 * What was worked out of a text lately. Commands that follow one another name the same few ids, and to see that two
 * texts are the same takes a fraction of the time of looking at each of their characters. There is a slot for each
 * ending, whose last text is kept: neither many texts nor random ones make it larger.
 */
const SLOTS = 256;

export class RecentTexts<T> {
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');
  readonly #values = new Array<T>(SLOTS);
  readonly #workOut: (text: string) => T;

  /** `workOut` must depend on the text alone. */
  constructor(workOut: (text: string) => T) {
    this.#workOut = workOut;
  }

  get(text: string): T {
    const end = text.length - 1;
    if (end < 1) return this.#workOut(text);
    const slot = (text.charCodeAt(end) ^ (text.charCodeAt(end - 1) << 4)) & (SLOTS - 1);
    if (this.#texts[slot] === text) return this.#values[slot] as T;
    const value = this.#workOut(text);
    this.#texts[slot] = text;
    this.#values[slot] = value;
    return value;
  }
}
