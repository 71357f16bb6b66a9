/**
 * A call of a test's function in virtual time. It goes on until it has settled, sleeps, or waits for something else; the last it gets
 * real time for, before virtual time goes on. It is over when it ends, or when nobody waits for it any more.
 */
import type { Instant } from '../../model/kernel/instant.ts';
import type { Clockwork } from './clockwork.ts';
import { OpenCall } from './open-calls.ts';
import { type Described, type Settled, Settlement } from './settlement.ts';

interface Sleep {
  readonly until: Instant;
  readonly wake: () => void;
  readonly cancel: (error: unknown) => void;
}

export interface TimedCallOptions {
  readonly clock: Clockwork;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
  readonly subject: Described;
  /** Milliseconds of virtual time from the call to its end, or more where it sleeps longer. */
  readonly takes: number;
  /** It ends now, with that. */
  readonly onEnd: (settled: Settled) => void;
}

export class TimedCall {
  readonly at: Instant;
  readonly #options: TimedCallOptions;
  readonly #sleeps = new Set<Sleep>();
  #settlement: Settlement | undefined;
  #open: OpenCall | undefined;
  #hasReturned = false;
  /** It was waited for in real time, and that was too short. */
  #wasTooSlow = false;
  /** Tells whoever waits that it sleeps or has returned. */
  #rests: () => void = () => {};
  /** It has settled, and ends then. */
  #endsAt: Instant | undefined;
  #endedAt: Instant | undefined;
  #outcome: 'running' | 'returned' | 'threw' | 'canceled' = 'running';
  #thrown: { readonly error: unknown } | undefined;

  constructor(options: TimedCallOptions) {
    this.#options = options;
    this.at = options.clock.now;
  }

  get isOver(): boolean {
    return this.#outcome !== 'running';
  }

  get outcome(): 'running' | 'returned' | 'threw' | 'canceled' {
    return this.#outcome;
  }

  get endedAt(): Instant | undefined {
    return this.#endedAt;
  }

  /** What it threw, once it is over. */
  get thrown(): { readonly error: unknown } | undefined {
    return this.#thrown;
  }

  /** Whether it has settled, though it may not be over yet. */
  get hasSettled(): boolean {
    return this.#settlement?.settled !== undefined;
  }

  /** Whether it was too slow in real time, and waits for nothing virtual. */
  get isLate(): boolean {
    return this.#wasTooSlow && this.#sleeps.size === 0;
  }

  /** When it goes on: Infinity where something else decides that. */
  get next(): Instant {
    if (this.isOver) return Number.POSITIVE_INFINITY;
    if (this.#endsAt !== undefined) return this.#endsAt;
    let first = Number.POSITIVE_INFINITY;
    for (const { until } of this.#sleeps) first = Math.min(first, until);
    return first;
  }

  /** What is known without a call. */
  async beginWith(settled: Settled): Promise<void> {
    this.#settlement = new Settlement(() => {
      if (settled.ok) return settled.value;
      throw settled.error;
    });
    await this.#goOn();
  }

  async begin(call: () => unknown): Promise<void> {
    this.#settlement = this.#options.clock.calls.call(async () => {
      try {
        return await call();
      } finally {
        this.#hasReturned = true;
        this.#rests();
      }
    });
    await this.#goOn();
  }

  /** Its sleep is over, or what it takes. */
  async act(): Promise<void> {
    if (this.#endsAt !== undefined) return this.#end();
    this.#forget();
    const next = this.next;
    const [sleep] = [...this.#sleeps].filter(({ until }) => until === next);
    this.#sleeps.delete(sleep!);
    this.#options.clock.calls.goOn();
    sleep!.wake();
    await this.#goOn();
  }

  /** Nobody waits for it any more. What sleeps in it is told by that error. */
  cancel(error: () => unknown): void {
    if (this.isOver) return;
    this.#forget();
    this.#outcome = 'canceled';
    this.#endedAt = this.#options.clock.now;
    for (const { cancel } of this.#sleeps) cancel(error());
    this.#sleeps.clear();
    this.#rests();
  }

  /** In virtual time. */
  sleep(ms: number): Promise<void> {
    return new Promise<void>((wake, cancel) => {
      this.#sleeps.add({ until: this.#options.clock.now + ms, wake, cancel });
      this.#rests();
    });
  }

  async #goOn(): Promise<void> {
    const settlement = this.#settlement!;
    if (!settlement.settled && !this.#hasReturned && this.#sleeps.size === 0 && !this.isOver) {
      const rests = new Promise<void>((resolve) => {
        this.#rests = resolve;
      });
      const rested = await new Settlement(() => rests).within(this.#options.handlerTimeout);
      this.#wasTooSlow = rested === undefined;
    }
    // The promise of the call settles behind its last line.
    while (this.#hasReturned && !settlement.settled) await null;
    if (this.isOver) return;
    if (settlement.settled) return this.#settled();
    this.#open = new OpenCall(settlement, this.#options.subject, () => this.#settled());
    this.#options.clock.calls.open(this.#open, { hadTime: true });
  }

  async #settled(): Promise<void> {
    this.#forget();
    if (this.isOver) return;
    this.#sleeps.clear();
    const ends = this.at + this.#options.takes;
    if (ends > this.#options.clock.now) this.#endsAt = ends;
    else this.#end();
  }

  #end(): void {
    const settled = this.#settlement!.settled!;
    this.#endedAt = this.#options.clock.now;
    this.#outcome = settled.ok ? 'returned' : 'threw';
    if (!settled.ok) this.#thrown = settled;
    this.#options.onEnd(settled);
  }

  #forget(): void {
    if (this.#open) this.#options.clock.calls.delete(this.#open);
    this.#open = undefined;
  }
}
