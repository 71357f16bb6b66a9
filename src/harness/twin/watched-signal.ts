/**
 * A signal of which one can tell whether its holder learns that it is aborted. It is a real one, so whoever takes a signal
 * takes it.
 */
export class WatchedSignal {
  readonly #controller = new AbortController();
  readonly #listeners = new Set<unknown>();
  /** Whether its holder has done anything with it: whoever only took it does not look at it later. */
  isUsed = false;
  /** Whether it was aborted, and its holder has learned of that. */
  isNoticed = false;

  constructor() {
    const { signal } = this.#controller;
    const own = (name: 'aborted' | 'reason') => ({
      get: () => this.#looked(Reflect.get(prototype, name, signal)),
    });
    Object.defineProperties(signal, {
      aborted: own('aborted'),
      reason: own('reason'),
      throwIfAborted: { value: () => this.#looked(prototype.throwIfAborted).call(signal) },
      addEventListener: {
        value: this.#changed('addEventListener', (listener) => this.#listeners.add(listener)),
      },
      removeEventListener: {
        value: this.#changed('removeEventListener', (listener) => this.#listeners.delete(listener)),
      },
      onabort: {
        get: () => Reflect.get(prototype, 'onabort', signal),
        set: (listener: unknown) => {
          this.isUsed = true;
          Reflect.set(prototype, 'onabort', listener, signal);
        },
      },
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(): void {
    this.isNoticed = this.#isHeard;
    this.#controller.abort();
  }

  /** Whether something happens where it is aborted. */
  get #isHeard(): boolean {
    return (
      this.#listeners.size > 0 || Reflect.get(prototype, 'onabort', this.signal) != null || this.#isPartOfAny
    );
  }

  /** Whether others, made by `AbortSignal.any`, depend on it. Runtimes differ in how they note that: if unsure, yes. */
  get #isPartOfAny(): boolean {
    if (!this.isUsed) return false;
    const notes = Object.getOwnPropertySymbols(this.signal).map(String);
    return !notes.includes('Symbol(kAborted)') || notes.some((note) => note.includes('Dependant'));
  }

  #looked<Value>(value: Value): Value {
    this.isUsed = true;
    if (Reflect.get(prototype, 'aborted', this.signal)) this.isNoticed = true;
    return value;
  }

  #changed(name: 'addEventListener' | 'removeEventListener', note: (listener: unknown) => void) {
    return (type: string, ...rest: unknown[]): void => {
      this.isUsed = true;
      if (type === 'abort') note(rest[0]);
      Reflect.apply(prototype[name], this.signal, [type, ...rest]);
    };
  }
}

const { prototype } = AbortSignal;
