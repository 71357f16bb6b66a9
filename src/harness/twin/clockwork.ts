/** Virtual time: what is due is done in its order, and time stands still but for going from one event to the next. */
import type { Instant } from '../../model/kernel/instant.ts';
import { Agenda, type Event } from './agenda.ts';
import type { OpenCalls } from './open-calls.ts';

const never = () => Number.POSITIVE_INFINITY;

/** What happens besides the agenda, if it happens before the next event there. */
export type Otherwise = (
  next: Event | undefined,
) => { readonly at: Instant; run(): void | Promise<void> } | undefined;

/** Somebody who waits, while another drives, for something that happens by that. */
interface Watcher {
  readonly until: () => boolean;
  readonly goOn: () => void;
}

export class Clockwork {
  now: Instant;
  /** Handlers that have not settled. */
  readonly calls: OpenCalls;
  readonly #agenda = new Agenda();
  readonly #otherwise: Otherwise;
  readonly #watchers = new Set<Watcher>();
  #last: Promise<void> = Promise.resolve();
  #isDriven = false;
  #broken: { readonly error: unknown } | undefined;

  constructor(now: Instant, calls: OpenCalls, otherwise: Otherwise) {
    this.now = now;
    this.calls = calls;
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
   * it then stands. Gives whether the condition holds. Callers take turns, each until its own end. But a handler waits for
   * nobody's end: who drives at that time lets it go on as soon as its condition holds.
   */
  drive(until: () => boolean, limitOf?: () => Instant): Promise<boolean> {
    if (limitOf !== undefined || !this.#isDriven || this.calls.size + Number(this.calls.areGoingOn) === 0) {
      return this.#inTurn(() => this.#drive(until, limitOf));
    }
    const isHandler = this.calls.areGoingOn;
    return new Promise((resolve, reject) => {
      let isOver = false;
      const watcher = {
        until,
        goOn: () => {
          isOver = true;
          resolve(true);
        },
      };
      this.#watchers.add(watcher);
      // Whoever may be none has its turn as well, should the one who drives end before.
      if (isHandler) return;
      const turn = () => {
        this.#watchers.delete(watcher);
        return isOver || this.#drive(until);
      };
      this.#inTurn(async () => turn()).then(resolve, reject);
    });
  }

  async #drive(until: () => boolean, limitOf: () => Instant = never): Promise<boolean> {
    // Asked for when it is this caller's turn.
    const limit = limitOf();
    while (!until()) {
      const happened = this.#happen(limit);
      if (happened !== false) {
        if (happened !== true) await happened;
        const looking = this.#look();
        if (looking) await looking;
        continue;
      }
      if (limit !== Number.POSITIVE_INFINITY) {
        this.now = Math.max(this.now, limit);
        return until();
      }
      this.#nothingIsLeft();
      return until();
    }
    return true;
  }

  /** Lets the next event happen. Gives whether there was one. */
  tick(): Promise<boolean> {
    return this.#inTurn(async () => {
      const happened = this.#happen(Number.POSITIVE_INFINITY);
      if (happened instanceof Promise) await happened;
      if (happened !== false) await this.#look();
      return happened !== false;
    });
  }

  /** Lets those go on who wait for what has just happened. */
  #look(): void | Promise<void> {
    if (this.calls.size === 0 && this.#watchers.size === 0) return;
    const goOn = () => {
      for (const watcher of this.#watchers) {
        if (!watcher.until()) continue;
        this.#watchers.delete(watcher);
        watcher.goOn();
      }
    };
    return this.calls.look(goOn).catch((error) => this.#break(error));
  }

  #nothingIsLeft(): void {
    try {
      this.calls.nothingIsLeft();
    } catch (error) {
      this.#break(error);
    }
  }

  #check(): void {
    try {
      this.calls.check();
    } catch (error) {
      this.#break(error);
    }
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let passOn: () => void = () => {};
    this.#last = new Promise((resolve) => {
      passOn = resolve;
    });
    await before;
    this.#isDriven = true;
    try {
      await this.calls.driven();
      return await act();
    } finally {
      this.calls.left();
      this.#isDriven = false;
      passOn();
    }
  }

  /** One event: false where there is none by the limit. */
  #happen(limit: Instant): boolean | Promise<void> {
    if (this.#broken) throw this.#broken.error;
    this.#check();
    const first = this.#agenda.first;
    const other = this.#otherwise(first);
    const next = other ?? first;
    // Real time comes first: what a handler does by itself it does at the instant of its call.
    if (this.calls.areUrgent && (next === undefined || next.at > this.now)) {
      return this.calls.wait().catch((error) => this.#break(error));
    }
    if (next === undefined || next.at > limit) return false;
    this.calls.eventBegins();
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
