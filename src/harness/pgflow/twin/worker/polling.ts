/**
 * When a worker looks at the queue, and when it sends heartbeats, worked out instead of waited for. A poll looks every
 * interval until its seconds are over; the next one begins where it ended, so that all looks lie on one grid.
 */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { ResolvedWorkerConfig } from './config.ts';

/** Milliseconds. Heartbeats are sent between polls, where so much has passed since the last one. */
const heartbeatInterval = 5000;

export class Polling {
  readonly #interval: number;
  /** How long a poll lasts that finds nothing: whole intervals, at least the seconds asked for. */
  readonly #round: number;
  /** Between two heartbeats of a worker that finds nothing. */
  readonly #heartbeatRounds: number;
  /** Since when it looks; undefined while it does something else. */
  #since: Instant | undefined;
  #lastHeartbeat: Instant = 0;
  /** No look at or after this instant. */
  #until: Instant = Number.POSITIVE_INFINITY;

  constructor({ maxPollSeconds, pollIntervalMs }: ResolvedWorkerConfig) {
    this.#interval = pollIntervalMs;
    this.#round = Math.ceil((maxPollSeconds * 1000) / pollIntervalMs) * pollIntervalMs;
    this.#heartbeatRounds = Math.ceil(heartbeatInterval / this.#round) * this.#round;
  }

  get since(): Instant | undefined {
    return this.#since;
  }

  /** The first poll of a series begins. */
  begin(now: Instant): void {
    this.#since = now;
  }

  /** It found something, or there will be no other poll. */
  end(now: Instant): void {
    if (this.#since === undefined) return;
    // Those that were sent by now, though nothing else happened then.
    const last = this.heartbeatFrom(now + 1) - this.#heartbeatRounds;
    if (last > this.#since) this.#lastHeartbeat = last;
    this.#since = undefined;
  }

  /** The poll that is under way at this instant is the last one. Gives when it ends. */
  endAfterThis(now: Instant): Instant {
    const since = this.#since!;
    this.#until = since + (Math.floor((now - since) / this.#round) + 1) * this.#round;
    return this.#until;
  }

  /** The first look at or after the instant; Infinity where there is none. */
  lookFrom(instant: Instant): Instant {
    if (this.#since === undefined) return Number.POSITIVE_INFINITY;
    const look = this.#since + Math.ceil((instant - this.#since) / this.#interval) * this.#interval;
    return look < this.#until ? look : Number.POSITIVE_INFINITY;
  }

  /** Whether a heartbeat is sent before the next poll; then it counts as sent. */
  sendsHeartbeat(now: Instant): boolean {
    if (now - this.#lastHeartbeat < heartbeatInterval) return false;
    this.#lastHeartbeat = now;
    return true;
  }

  /** While nothing is found: the first heartbeat at or after the instant. */
  heartbeatFrom(instant: Instant): Instant {
    const since = this.#since!;
    const due = Math.ceil((this.#lastHeartbeat + heartbeatInterval - since) / this.#round);
    const first = since + Math.max(1, due) * this.#round;
    const more = Math.max(0, Math.ceil((instant - first) / this.#heartbeatRounds));
    return first + more * this.#heartbeatRounds;
  }
}
