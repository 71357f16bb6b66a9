/** A consumer of a view, as a test drives it. */
import type { Duration } from '../../../twin/duration.ts';
import type { CrashPoint } from '../database/log.ts';
import type { Fault } from './faults.ts';

export type ConsumerStatus = 'running' | 'stopping' | 'stopped' | 'crashed';

export interface Consumer {
  /** From 1, of all consumers of the store. */
  readonly number: number;
  readonly view: string;
  readonly status: ConsumerStatus;
  /** A rule for what befalls it: see {@link Fault}. Without `times` and `on` it is for every delivery. */
  crashes(when: CrashPoint): Fault;
  throws(error: unknown): Fault;
  takes(duration: Duration): Fault;
  /** It dies now, whatever it has in hand; `restartAfter` holds. */
  kill(): void;
  /** It handles what it has read, and reads no more. */
  stop(): void;
  /** After it was stopped, or has crashed. */
  start(): void;
}
