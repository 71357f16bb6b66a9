/**
 * A signal of which one can tell whether its holder learns that it is aborted. It is a real one, so whoever takes a signal
 * takes it.
 */
export class WatchedSignal {
  readonly #controller = new AbortController();
  /** Each with whether it captures: the same function is two listeners then. */
  readonly #listeners = new Map<unknown, Set<boolean>>();
  #isLookedAt = false;
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
        value: this.#changed('addEventListener', (listener, captures) => {
          const known = this.#listeners.get(listener);
          if (known) known.add(captures);
          else this.#listeners.set(listener, new Set([captures]));
        }),
      },
      removeEventListener: {
        value: this.#changed('removeEventListener', (listener, captures) => {
          const known = this.#listeners.get(listener);
          if (known?.delete(captures) && known.size === 0) this.#listeners.delete(listener);
        }),
      },
      onabort: {
        get: () => Reflect.get(prototype, 'onabort', signal),
        set: (listener: unknown) => {
          this.#isLookedAt = true;
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

  /** Whether its holder has done anything with it: whoever only took it does not look at it later. */
  get isUsed(): boolean {
    return this.#isLookedAt || this.#dependants === 'noted';
  }

  /** Whether others, made by `AbortSignal.any`, depend on it. If unsure, yes, if it was looked at. */
  get #isPartOfAny(): boolean {
    return this.#dependants === 'noted' || (this.#isLookedAt && this.#dependants === 'unknown');
  }

  /** As Node notes them; some of its releases look at the signal when they make others of it, and some do not. */
  get #dependants(): 'noted' | 'none' | 'unknown' {
    const notes = Object.getOwnPropertySymbols(this.signal).map(String);
    if (!notes.includes('Symbol(kAborted)')) return 'unknown';
    return notes.some((note) => note.includes('Dependant')) ? 'noted' : 'none';
  }

  #looked<Value>(value: Value): Value {
    this.#isLookedAt = true;
    if (Reflect.get(prototype, 'aborted', this.signal)) this.isNoticed = true;
    return value;
  }

  #changed(
    name: 'addEventListener' | 'removeEventListener',
    note: (listener: unknown, captures: boolean) => void,
  ) {
    return (type: string, ...rest: unknown[]): void => {
      this.#isLookedAt = true;
      Reflect.apply(prototype[name], this.signal, [type, ...rest]);
      const [listener, options] = rest;
      if (type === 'abort' && listener != null) note(listener, capturesBy(options));
    };
  }
}

const capturesBy = (options: unknown): boolean =>
  Boolean(typeof options === 'object' && options !== null ? Reflect.get(options, 'capture') : options);

const { prototype } = AbortSignal;
