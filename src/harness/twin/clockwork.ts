/** Virtual time: what is due is done in its order, and time stands still but for going from one event to the next. */
import type { Instant } from '../../model/kernel/instant.ts';
import { Agenda, type Event } from './agenda.ts';

const never = () => Number.POSITIVE_INFINITY;

/** What happens besides the agenda, if it happens before the next event there. */
export type Otherwise = (
  next: Event | undefined,
) => { readonly at: Instant; run(): void | Promise<void> } | undefined;

export class Clockwork {
  now: Instant;
  readonly #agenda = new Agenda();
  readonly #otherwise: Otherwise;
  #last: Promise<void> = Promise.resolve();
  #broken: { readonly error: unknown } | undefined;

  constructor(now: Instant, otherwise: Otherwise) {
    this.now = now;
    this.#otherwise = otherwise;
  }

  /** At the instant, or now where it is past. */
  at(instant: Instant, run: Event['run']): void {
    this.#agenda.add(Math.max(instant, this.now), run);
  }

  /** Whether something is planned, however late. */
  get hasPlans(): boolean {
    return this.#agenda.size > 0;
  }

  /**
   * Lets happen what is due until the condition holds, nothing is left to happen, or time has come to the limit, where
   * it then stands. Gives whether the condition holds. Callers take turns, each until its own end.
   */
  drive(until: () => boolean, limitOf: () => Instant = never): Promise<boolean> {
    return this.#inTurn(async () => {
      // Asked for when it is this caller's turn.
      const limit = limitOf();
      while (!until()) {
        const happened = this.#happen(limit);
        if (happened === false) {
          if (limit !== Number.POSITIVE_INFINITY) this.now = Math.max(this.now, limit);
          return until();
        }
        if (happened !== true) await happened;
      }
      return true;
    });
  }

  /** Lets the next event happen. Gives whether there was one. */
  tick(): Promise<boolean> {
    return this.#inTurn(async () => {
      const happened = this.#happen(Number.POSITIVE_INFINITY);
      if (happened instanceof Promise) await happened;
      return happened !== false;
    });
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let passOn: () => void = () => {};
    this.#last = new Promise((resolve) => {
      passOn = resolve;
    });
    await before;
    try {
      return await act();
    } finally {
      passOn();
    }
  }

  /** One event: false where there is none by the limit. */
  #happen(limit: Instant): boolean | Promise<void> {
    if (this.#broken) throw this.#broken.error;
    const first = this.#agenda.first;
    const other = this.#otherwise(first);
    const next = other ?? first;
    if (next === undefined || next.at > limit) return false;
    if (other === undefined) this.#agenda.take();
    // What happened before may have taken its time.
    this.now = Math.max(this.now, next.at);
    try {
      const running = next.run();
      return running instanceof Promise ? running.catch((error) => this.#break(error)) : true;
    } catch (error) {
      return this.#break(error);
    }
  }

  /** What breaks an event leaves a simulation of which nobody knows where it stands. */
  #break(error: unknown): never {
    this.#broken = { error };
    throw error;
  }
}
