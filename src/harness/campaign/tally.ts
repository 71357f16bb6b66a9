/** Outcomes of samples, counted in the order of their index however they come in. */

/** What is counted depends on the seed alone, not on which worker was fast. */
export class Tally<Outcome> {
  readonly #waiting = new Map<number, Outcome>();
  readonly #count: (outcome: Outcome, index: number) => 'go on' | 'stop';
  #next: number;
  #isStopped = false;

  /** `count` gets the outcomes from index `first` on, without gaps, until it answers "stop". */
  constructor(first: number, count: (outcome: Outcome, index: number) => 'go on' | 'stop') {
    this.#next = first;
    this.#count = count;
  }

  add(index: number, outcome: Outcome): void {
    this.#waiting.set(index, outcome);
    while (!this.#isStopped && this.#waiting.has(this.#next)) {
      const next = this.#waiting.get(this.#next)!;
      this.#waiting.delete(this.#next);
      this.#isStopped = this.#count(next, this.#next++) === 'stop';
    }
  }
}
