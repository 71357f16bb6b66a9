/** A consumer of a view, as a test drives it. */
import type { Duration } from '../../../twin/duration.ts';
import type { CrashPoint } from '../database/log.ts';
import type { Fault } from './faults.ts';

export type ConsumerStatus = 'running' | 'stopping' | 'stopped' | 'crashed';

export interface Consumer {
  /** From 1, among all consumers of the store. */
  readonly number: number;
  readonly view: string;
  readonly status: ConsumerStatus;
  /** A rule for its deliveries: see {@link Fault}. Without `times` and `on` it applies to every delivery. */
  crashes(when: CrashPoint): Fault;
  throws(error: unknown): Fault;
  takes(duration: Duration): Fault;
  /** Kills it now, whatever it is doing. `restartAfter` applies. */
  kill(): void;
  /** It handles the events that it has read, and reads no more. */
  stop(): void;
  /** Starts it again after it was stopped or has crashed. */
  start(): void;
}
