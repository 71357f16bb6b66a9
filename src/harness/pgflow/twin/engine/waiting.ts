/** What a client of the database waits for, beside the workers of the simulation. */
import type { Instant } from '../../../../model/kernel/instant.ts';

/** Something that waits in the engine, beside the workers, for an instant that may still change. */
export interface Waiting {
  /** When it is its turn, as things are; Infinity where it is not yet to be seen. */
  nextTurn(): Instant;
  /** Takes it; it waits no longer. */
  take(): void | Promise<void>;
}
