/** What will happen and when: a queue of events by instant, and at the same instant in the order they were added. */
import type { Instant } from '../../model/kernel/instant.ts';

export interface Event {
  readonly at: Instant;
  /** Ties are broken by it; the agenda counts. */
  readonly sequence: number;
  run(): void | Promise<void>;
}

/** A binary heap: adding and taking cost the logarithm of what is in it. */
export class Agenda {
  readonly #heap: Event[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** The next event, left in its place. */
  get first(): Event | undefined {
    return this.#heap[0];
  }

  add(at: Instant, run: Event['run']): void {
    const heap = this.#heap;
    const event = { at, sequence: this.#added++, run };
    let i = heap.length;
    heap.push(event);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = event;
  }

  take(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
