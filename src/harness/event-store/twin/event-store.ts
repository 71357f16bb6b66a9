/** An event store as a test drives it. */
import type { Duration } from '../../twin/duration.ts';
import type { ConsumeOptions, Handler } from './consumer/consume-options.ts';
import type { Consumer } from './consumer/consumer.ts';
import type { DrainOptions } from './consumer/drive.ts';
import type { EventStoreTrace } from './database/trace.ts';
import type { EventStoreFunctions } from './functions/functions.ts';
import type { DeciderEvent, Lock, StoredEvent, View } from './functions/rows.ts';
import type { Timeline } from './seen/timeline.ts';

/**
 * Nothing happens by itself: virtual time passes with each statement (`statementTakes`), and where it is driven, by
 * `drain`, `advance` or `runUntil`. That is when consumers are at work.
 */
export interface EventStore extends EventStoreFunctions {
  /**
   * Statements of one transaction, in which `NOW()` stands still: committed together when the function has ended, rolled
   * back where it, or one of them, throws. Everybody else waits meanwhile.
   */
  transaction<T>(body: (transaction: EventStoreFunctions) => T | Promise<T>): Promise<T>;
  /** Virtual time. */
  readonly now: Date;
  /** Milliseconds of virtual time since the beginning. */
  readonly elapsedMs: number;
  /** Lets so much virtual time pass, with all that consumers do in it. */
  advance(duration: Duration): Promise<void>;
  /** Lets virtual time pass until the condition holds. @throws SimulationError where nothing is left to happen before */
  runUntil(condition: () => boolean): Promise<void>;
  /** Does something when virtual time gets there: so long after now. */
  after(duration: Duration, action: () => unknown): void;
  /**
   * A consumer of a view that is registered: it streams, calls the handler, and acknowledges. Called again, it is another
   * one, of the same view or not.
   */
  consume<Data = unknown>(view: string, handler: Handler<Data>, options?: ConsumeOptions<Data>): Consumer;
  /**
   * Lets virtual time pass until every view that has a consumer has acknowledged everything.
   * @throws SimulationError where it never will, which says why
   */
  drain(options?: DrainOptions): Promise<void>;
  readonly consumers: readonly Consumer[];

  // The tables, as they are now, in the order of their keys.
  readonly deciders: readonly DeciderEvent[];
  readonly events: readonly StoredEvent[];
  readonly views: readonly View[];
  readonly locks: readonly Lock[];

  /** What happened so far. */
  readonly timeline: Timeline;
  /** Values that were changed on their way into the database. */
  readonly warnings: readonly string[];
  /** What was executed so far, as a trace that `pgtwin replay` takes. */
  readonly trace: EventStoreTrace;
  /** Gives back what the backend holds; with the model there is nothing. */
  close(): Promise<void>;
}
