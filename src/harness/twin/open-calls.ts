/**
 * Calls of handlers that have not settled yet. They are looked at after every event: a handler that settles in the promises
 * which follow an event ends at the instant of that event. Real time decides nothing of this. A handler has some of it when
 * its end has come, and when it learns of a shutdown; virtual time stands still meanwhile. Whoever settles in real time
 * after that is refused, as the instant of its end would be an accident.
 */
import { type Described, notSettled, Settlement, settledTooLate } from './settlement.ts';
import type { SimulationError } from './simulation-error.ts';
import { promisesSettle, turnOfNode } from './turns.ts';

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
  /** Of one that was roused: whether it goes on by what it was roused for, and not by itself. */
  hasLearnt: (() => boolean) | undefined;

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
  /** How many drains are under way: whatever settles in one settles by the event before it, not by a timer or by I/O. */
  #drains = 0;
  #isCalling = false;
  /** Whether virtual time is driven. Else it is the test that acts. */
  #isDriven = false;
  #refused: SimulationError | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Whether it is a handler that asks, or somebody who goes on by what an event has brought. */
  get areGoingOn(): boolean {
    return this.#isCalling || (this.#drains > 0 && this.#calls.size > 0);
  }

  /** Calls a handler, or another function of the test: what others do upon that, they do by this event. */
  call(handler: () => unknown): Settlement {
    this.#isCalling = true;
    const settlement = new Settlement(handler);
    this.#isCalling = false;
    this.goOn();
    return settlement;
  }

  /** Code of the test goes on now: what others do upon that, they do by this event. */
  goOn(): void {
    if (this.#calls.size > 0) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#drains++;
    await promisesSettle(() => this.#calls.size === 0);
    this.#drains--;
  }

  /** Virtual time is driven from now on; what the test did before that is done. */
  async driven(): Promise<void> {
    if (this.#calls.size > 0) await promisesSettle(() => this.#calls.size === 0);
    this.#isDriven = true;
  }

  left(): void {
    this.#isDriven = false;
  }

  /** @throws SimulationError where a handler has settled in real time when it had no more of it */
  check(): void {
    if (this.#refused) throw this.#refused;
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
    if (hadTime) {
      call.waitedIn = this.#event;
      return;
    }
    // What it goes on by is no longer asked: it ends here.
    call.hasLearnt = undefined;
    this.#urgent.add(call);
  }

  /** It may have learnt of something that it goes on by, or learns of it now: it gets real time once more. */
  rouse(call: OpenCall, hasLearnt: () => boolean): void {
    // Its end has come just now, and it has its time: it ends here in any case.
    if (call.isOpen && this.#urgent.has(call)) return;
    call.hasLearnt = hasLearnt;
    if (this.#calls.has(call)) this.#urgent.add(call);
  }

  /** Called by its settlement. */
  hasSettled(call: OpenCall): void {
    if (!this.#calls.has(call)) return;
    const isByEvent = this.#isDriven && this.#drains > 0;
    if (isByEvent && call.calledIn !== this.#event) this.#settled.push(call);
    else if (this.#urgent.has(call)) return;
    // By what the test did.
    else if (call.isOpen && (isByEvent || !this.#isDriven)) this.#urgent.add(call);
    else this.#endsByItself(call);
  }

  /** Where that is planned. If nothing is planned any more, the instant would be an accident. */
  #endsByItself(call: OpenCall): void {
    if (call.isOpen) this.#refused ??= settledTooLate(this.#limit, call.subject);
    this.delete(call);
  }

  eventBegins(): void {
    this.#event++;
  }

  /** After an event. `goOn` lets those go on who wait for it. */
  async look(goOn: () => void): Promise<void> {
    for (;;) {
      const drain = this.#drain();
      goOn();
      await drain;
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
      if (first.hasLearnt?.() === false) {
        this.#endsByItself(first);
        return;
      }
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

  /** Nothing is planned any more. @throws SimulationError for a handler that will never settle */
  nothingIsLeft(): void {
    for (const { isOpen, waitedIn, subject } of this.#calls) {
      if (!isOpen) continue;
      throw waitedIn === this.#event
        ? notSettled(this.#limit, subject)
        : settledTooLate(this.#limit, subject);
    }
  }
}
