/**
 * Calls of handlers that have not settled yet. They are looked at after every event: a handler that settles by an event,
 * not by itself, ends at the instant of that event. Real time decides nothing of this, but where a handler has nothing else
 * to wait for.
 */
import { notSettled, type Settlement } from './settlement.ts';
import { promisesSettle, turnOfNode } from './turns.ts';

export interface OpenCall {
  readonly settlement: Settlement;
  /** For an error: `the handler of step "charge"`, and what to do. */
  describe(): { readonly name: string; readonly advice: string };
  /** It has settled, and ends now. */
  end(): void | Promise<void>;
}

interface Tracked {
  readonly call: OpenCall;
  /** The event in which it was called. */
  readonly calledIn: number;
  /** Whether no end of it is planned: it ends when it settles. */
  isOpen: boolean;
  /** The last event before it was waited for in real time. */
  waitedIn: number;
}

export class OpenCalls {
  /** Milliseconds of real time that a handler has. */
  readonly #limit: number;
  /** In the order in which they were called. */
  readonly #calls = new Map<OpenCall, Tracked>();
  /** Those that get real time before virtual time goes on. */
  readonly #urgent = new Set<Tracked>();
  /** Those that settled by the event that has just happened. */
  #settled: Tracked[] = [];
  /** The last one that was called and has not been looked at. */
  #last: Tracked | undefined;
  /** Counts. */
  #event = 0;
  /** Whether whatever settles now settles by that event. */
  #isLooking = false;
  #isCalling = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Whether it is a handler that asks, or somebody who goes on by what an event has brought. */
  get areGoingOn(): boolean {
    return this.#isCalling || (this.#isLooking && this.#calls.size > 0);
  }

  /** Calls a handler, or another function of the test: what others do upon that, they do by this event. */
  during<T>(call: () => T): T {
    this.#isCalling = true;
    this.#isLooking = true;
    try {
      return call();
    } finally {
      this.#isCalling = false;
    }
  }

  /** From now on it is looked at, until its planned end. */
  add(call: OpenCall): void {
    if (call.settlement.settled) return;
    if (this.#calls.has(call)) return;
    const tracked = { call, calledIn: this.#event, isOpen: false, waitedIn: -1 };
    this.#calls.set(call, tracked);
    this.#last = tracked;
    call.settlement.onSettled = () => this.#hasSettled(tracked);
  }

  delete(call: OpenCall): void {
    const tracked = this.#calls.get(call);
    if (tracked === undefined) return;
    this.#calls.delete(call);
    this.#urgent.delete(tracked);
  }

  /** Its planned end has come, and it is not over. `hadTime`: it was waited for in real time already. */
  open(call: OpenCall, { hadTime }: { readonly hadTime: boolean }): void {
    this.add(call);
    const tracked = this.#calls.get(call);
    if (tracked === undefined) return;
    tracked.isOpen = true;
    if (hadTime) tracked.waitedIn = this.#event;
    else this.#urgent.add(tracked);
  }

  /** It was told something that it may go on by: it gets real time once more. */
  rouse(call: OpenCall): void {
    const tracked = this.#calls.get(call);
    if (tracked) this.#urgent.add(tracked);
  }

  #hasSettled(tracked: Tracked): void {
    if (!this.#calls.has(tracked.call)) return;
    if (this.#isLooking && tracked.calledIn !== this.#event) this.#settled.push(tracked);
    else if (tracked.isOpen) this.#urgent.add(tracked);
    // By itself, so it ends where that is planned.
    else if (!this.#urgent.has(tracked)) this.#calls.delete(tracked.call);
  }

  eventBegins(): void {
    this.#event++;
    this.#isLooking = false;
  }

  /** After an event. `goOn` lets those go on who wait for it. */
  async look(goOn: () => void): Promise<void> {
    for (;;) {
      this.#isLooking = true;
      goOn();
      await promisesSettle(() => this.#calls.size === 0);
      this.#isLooking = false;
      // Whoever was called by it may need more than promises to settle by itself.
      const last = this.#last;
      this.#last = undefined;
      if (last && this.#calls.has(last.call) && last.calledIn === this.#event) await turnOfNode();
      const ended = this.#settled.filter(({ call }) => this.#calls.has(call));
      this.#settled = [];
      if (ended.length === 0) return;
      // What they bring about is another event.
      this.#event++;
      ended.sort((a, b) => a.calledIn - b.calledIn);
      for (const each of ended) await this.#end(each);
    }
  }

  async #end({ call }: Tracked): Promise<void> {
    if (!this.#calls.has(call)) return;
    this.delete(call);
    await call.end();
  }

  /** Whether somebody has to be waited for in real time before virtual time goes on. */
  get areUrgent(): boolean {
    return this.#urgent.size > 0;
  }

  /** Waits for the first of them; none of those that had the same time is waited for again. */
  async wait(): Promise<void> {
    const waiting = [...this.#urgent];
    const [first] = waiting;
    if (first === undefined) return;
    if (await first.call.settlement.within(this.#limit)) {
      this.#event++;
      await this.#end(first);
      return;
    }
    for (const each of waiting) {
      if (each.call.settlement.settled) continue;
      each.waitedIn = this.#event;
      this.#urgent.delete(each);
    }
  }

  /**
   * Nothing is planned any more. Gives whether somebody has to be waited for in real time once more.
   * @throws SimulationError for a handler that will never settle
   */
  nothingIsLeft(): boolean {
    const open = [...this.#calls.values()].filter(({ isOpen }) => isOpen);
    const [first] = open;
    if (first === undefined) return false;
    if (first.waitedIn === this.#event) {
      const { name, advice } = first.call.describe();
      throw notSettled(this.#limit, name, advice);
    }
    for (const each of open) this.#urgent.add(each);
    return true;
  }
}
