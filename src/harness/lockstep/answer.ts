/** What the real side answered to a command, read. */
import type { Result } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';

export interface Answer {
  readonly result: Result;
  /** When the statement had ended, in milliseconds since the epoch. */
  readonly finishedAt: number;
  /** Every table, just after. */
  readonly tables: Observation;
}

/** What of an answer is known; the rest is not compared. */
export interface Known {
  result(command: string): boolean;
  readonly instants: boolean;
  table(name: string): boolean;
}
