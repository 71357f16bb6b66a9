/**
 * The time of an engine in this process. What `Date.now()` gives is set by whoever records. A timer of at least three seconds
 * fires only where it is told to; a shorter one runs, faster than it was asked to.
 */
const longest = 3_000;
const faster = 50;

export class Clock {
  /** Milliseconds since 1970; undefined while it runs as it does. */
  now;
  #held = new Map();
  #running = new Set();

  /** Takes the place of the time of this process: before the engine is loaded, and until the process ends. */
  install() {
    const { now } = Date;
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    Date.now = () => this.now ?? now();
    globalThis.setTimeout = (callback, delay = 0, ...values) => {
      if (delay >= longest) {
        const timer = { ref: () => timer, unref: () => timer, hasRef: () => false };
        this.#held.set(timer, { delay, fire: () => callback(...values) });
        return timer;
      }
      const timer = set(() => {
        this.#running.delete(timer);
        callback(...values);
      }, delay / faster);
      this.#running.add(timer);
      return timer;
    };
    globalThis.clearTimeout = (timer) => {
      this.#running.delete(timer);
      if (!this.#held.delete(timer)) clear(timer);
    };
  }

  /** Whether one of the shorter timers has not fired. */
  get isRunning() {
    return this.#running.size > 0;
  }

  /** Fires the longer ones of which this is true of the delay. */
  fire(isMeant) {
    for (const [timer, { delay, fire }] of [...this.#held]) {
      if (isMeant(delay) && this.#held.delete(timer)) fire();
    }
  }
}
