/**
 * Calls of handlers that have not settled yet. They are looked at after every event: a handler that settles by an event,
 * not by itself, ends at the instant of that event. Real time decides nothing of this, but where a handler has nothing else
 * to wait for.
 */
import { notSettled, Settlement } from './settlement.ts';
import { promisesSettle, turnOfNode } from './turns.ts';

/** What is called by the name of a handler in an error, with what to do. */
export interface Described {
  describe(): string;
  readonly advice: string;
}

export class OpenCall {
  readonly settlement: Settlement;
  readonly subject: Described;
  /** It has settled, and ends now. */
  readonly end: () => void | Promise<void>;
  /** The event in which it was called. */
  calledIn = 0;
  /** Whether no end of it is planned: it ends when it settles. */
  isOpen = false;
  /** The last event before it was waited for in real time. */
  waitedIn = -1;

  constructor(settlement: Settlement, subject: Described, end: OpenCall['end']) {
    this.settlement = settlement;
    this.subject = subject;
    this.end = end;
  }
}

export class OpenCalls {
  /** Milliseconds of real time that a handler has. */
  readonly #limit: number;
  /** In the order in which they were called. */
  readonly #calls = new Set<OpenCall>();
  /** Those that get real time before virtual time goes on. */
  readonly #urgent = new Set<OpenCall>();
  /** Those that settled by the event that has just happened. */
  #settled: OpenCall[] = [];
  /** The last one that was called and has not been looked at. */
  #last: OpenCall | undefined;
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
  call(handler: () => unknown): Settlement {
    this.#isCalling = true;
    this.#isLooking = true;
    const settlement = new Settlement(handler);
    this.#isCalling = false;
    return settlement;
  }

  /** From now on it is looked at, until its planned end. */
  add(call: OpenCall): void {
    if (call.settlement.settled || this.#calls.has(call)) return;
    call.calledIn = this.#event;
    this.#calls.add(call);
    this.#last = call;
    call.settlement.tell(this, call);
  }

  delete(call: OpenCall): void {
    if (this.#calls.delete(call) && this.#urgent.size > 0) this.#urgent.delete(call);
  }

  /** Its planned end has come, and it is not over. `hadTime`: it was waited for in real time already. */
  open(call: OpenCall, { hadTime }: { readonly hadTime: boolean }): void {
    this.add(call);
    if (!this.#calls.has(call)) return;
    call.isOpen = true;
    if (hadTime) call.waitedIn = this.#event;
    else this.#urgent.add(call);
  }

  /** It was told something that it may go on by: it gets real time once more. */
  rouse(call: OpenCall): void {
    if (this.#calls.has(call)) this.#urgent.add(call);
  }

  /** Called by its settlement. */
  hasSettled(call: OpenCall): void {
    if (!this.#calls.has(call)) return;
    if (this.#isLooking && call.calledIn !== this.#event) this.#settled.push(call);
    else if (call.isOpen) this.#urgent.add(call);
    // By itself, so it ends where that is planned.
    else if (!this.#urgent.has(call)) this.#calls.delete(call);
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
      if (last && this.#calls.has(last) && last.calledIn === this.#event) await turnOfNode();
      if (this.#settled.length === 0) return;
      const ended = this.#settled.filter((call) => this.#calls.has(call));
      this.#settled = [];
      if (ended.length === 0) return;
      // What they bring about is another event.
      this.#event++;
      ended.sort((a, b) => a.calledIn - b.calledIn);
      for (const each of ended) await this.#end(each);
    }
  }

  async #end(call: OpenCall): Promise<void> {
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
    if (await first.settlement.within(this.#limit)) {
      this.#event++;
      await this.#end(first);
      return;
    }
    for (const each of waiting) {
      if (each.settlement.settled) continue;
      each.waitedIn = this.#event;
      this.#urgent.delete(each);
    }
  }

  /**
   * Nothing is planned any more. Gives whether somebody has to be waited for in real time once more.
   * @throws SimulationError for a handler that will never settle
   */
  nothingIsLeft(): boolean {
    const open = [...this.#calls].filter(({ isOpen }) => isOpen);
    const [first] = open;
    if (first === undefined) return false;
    const { subject, waitedIn } = first;
    if (waitedIn === this.#event) throw notSettled(this.#limit, subject.describe(), subject.advice);
    for (const each of open) this.#urgent.add(each);
    return true;
  }
}
