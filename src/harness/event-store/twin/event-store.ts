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
 * Nothing happens by itself. Virtual time advances with each statement (`statementTakes`), and in `drain`, `advance` and
 * `runUntil`. Consumers work only then.
 */
export interface EventStore extends EventStoreFunctions {
  /**
   * Executes the statements of the function in one transaction, in which `NOW()` stands still. They are committed when the
   * function has ended, and rolled back if it, or one of them, throws. All others wait meanwhile.
   */
  transaction<T>(body: (transaction: EventStoreFunctions) => T | Promise<T>): Promise<T>;
  /** Virtual time. */
  readonly now: Date;
  /** Milliseconds of virtual time since the beginning. */
  readonly elapsedMs: number;
  /** Advances virtual time by the duration. Consumers work meanwhile. */
  advance(duration: Duration): Promise<void>;
  /** Advances virtual time until the condition is true. @throws SimulationError if nothing else will happen before */
  runUntil(condition: () => boolean): Promise<void>;
  /** Calls the action when virtual time has advanced by the duration. */
  after(duration: Duration, action: () => unknown): void;
  /**
   * Adds a consumer of a registered view. It streams events, calls the handler, and acknowledges. Each call adds another
   * consumer, also for the same view.
   */
  consume<Data = unknown>(view: string, handler: Handler<Data>, options?: ConsumeOptions<Data>): Consumer;
  /**
   * Advances virtual time until every view with a consumer has acknowledged everything.
   * @throws SimulationError if that will never happen; the message says why
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
  /** Values that JSON changed on their way into the database. Between deliveries: rules of consumers that none has met. */
  readonly warnings: readonly string[];
  /** The commands so far, as a trace for `pgtwin replay`. */
  readonly trace: EventStoreTrace;
  /** Frees the database of the backend `pglite`. With `model` there is nothing to free. */
  close(): Promise<void>;
}
