/**
 * The clock of the realm that Postgres runs in: it shows the instant it was set to, and moves only while
 * Postgres waits for time to pass.
 *
 * Postgres in wasm reads wall time from `Date.now` and elapsed time from `performance.now`. An ordinary
 * statement never reads elapsed time twice without a look at the wall clock in between; a wait (pg_sleep)
 * does nothing else. So the first reading of elapsed time after one of wall time is free, and each further
 * one is a millisecond that went by: a wait ends exactly when it should, and nothing else takes any time.
 */
export class VirtualClock {
  /** Milliseconds since the epoch. */
  now: number;
  /**
   * Milliseconds waited in all. Elapsed time counts these alone: the years between two batches would make it so
   * large that the nanoseconds Postgres turns it into are rounded, and a wait would last a reading too long.
   */
  #waited = 0;
  #free = true;

  constructor(now: number) {
    this.now = now;
  }

  /** Moves forward to `instant`; an instant that has passed leaves the clock where it stands. */
  advanceTo(instant: number): void {
    if (instant > this.now) this.now = instant;
  }

  /**
   * Replaces `Date.now`, `performance.now` and `setTimeout` of the realm this is called in, for good.
   *
   * Only alarms of Postgres are set by `setTimeout`. They would ring between two batches, in real time: an idle session
   * would be ended, and an alarm of a year that the clock has left would be set again each millisecond. So none rings.
   */
  install(): void {
    globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout;
    Date.now = () => {
      this.#free = true;
      return this.now;
    };
    performance.now = () => {
      if (this.#free) this.#free = false;
      else {
        this.now += 1;
        this.#waited += 1;
      }
      return this.#waited;
    };
  }
}
