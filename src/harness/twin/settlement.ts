/** A handler's call: what it came to, or that it has not come to anything in real time. */
import { SimulationError } from './simulation-error.ts';

export type Settled =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: unknown };

// The real ones: a test may put fake timers in their place after this was loaded.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** How often the promises of others get a turn before a timer is started: most handlers need a few. */
const turnsWithoutTimer = 20;

/** What is called by the name of a handler in an error, with what to do. */
export interface Described {
  describe(): string;
  readonly advice: string;
}

export class Settlement {
  #settled: Settled | undefined;
  #told: (() => void) | undefined;
  #listener: { hasSettled(subject: never): void } | undefined;
  #subject: unknown;

  /** Calls at once. */
  constructor(call: () => unknown) {
    try {
      const value = call();
      if (isThenable(value)) {
        Promise.resolve(value).then(
          (awaited) => this.#settle({ ok: true, value: awaited }),
          (error) => this.#settle({ ok: false, error }),
        );
      } else this.#settled = { ok: true, value };
    } catch (error) {
      this.#settled = { ok: false, error };
    }
  }

  /** What it came to, if it has. */
  get settled(): Settled | undefined {
    return this.#settled;
  }

  /** Tells somebody when it settles; `subject` is what it is then called by. */
  tell<T>(listener: { hasSettled(subject: T): void }, subject: T): void {
    this.#listener = listener;
    this.#subject = subject;
  }

  /** Waits in real time, `limit` milliseconds at most; nothing where that was too short. */
  async within(limit: number): Promise<Settled | undefined> {
    for (let turn = 0; turn < turnsWithoutTimer && this.#settled === undefined; turn++) await null;
    if (this.#settled === undefined) await this.#waitLonger(limit);
    return this.#settled;
  }

  /**
   * The same, for whom nothing is not enough.
   * @throws SimulationError which says so of the subject
   */
  async wait(limit: number, subject: Described): Promise<Settled> {
    const settled = await this.within(limit);
    if (settled !== undefined) return settled;
    throw notSettled(limit, subject);
  }

  #waitLonger(limit: number): Promise<void> {
    return new Promise((resolve) => {
      // Not unref'd: where the handler waits for nothing at all, the process would end without a word.
      const timer = startTimer(resolve, limit);
      this.#told = () => {
        stopTimer(timer);
        resolve();
      };
    });
  }

  #settle(settled: Settled): void {
    this.#settled = settled;
    this.#listener?.hasSettled(this.#subject as never);
    this.#told?.();
  }
}

/** Nothing can end it any more. */
export const notSettled = (limit: number, subject: Described) =>
  new SimulationError(
    `${subject.describe()} has not settled after ${limit} ms of real time. It waits for something that virtual time does not bring: ` +
      `a timer, faked or real, a promise that nobody resolves, or advance() of its own simulation. ${subject.advice}`,
  );

/** Virtual time went on without it, and nothing in that has ended it. The same words whether or not it has settled since. */
export const settledTooLate = (limit: number, subject: Described) =>
  new SimulationError(
    `${subject.describe()} has not settled after ${limit} ms of real time. So virtual time went on, and from then on only what ` +
      'happens there may end it: an action of after(), a shutdown, a call of the simulation. Nothing of that did. What ends ' +
      'by a timer, by I/O or never would end at an instant that real time decides. Set the instant with takes(), or raise ' +
      'options.handlerTimeout above the real time that the handler needs',
  );

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    (typeof value === 'object' || typeof value === 'function') &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
