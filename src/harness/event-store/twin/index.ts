/** Entry point `pgtwin/event-store`: testing deciders and views on an event store in memory. Loads no package. */

import { type EventStoreOptions, resolveOptions } from './database/options.ts';
import type { EventStore } from './event-store.ts';
import { SimulatedEventStore } from './event-store-of.ts';

export { PostgresError } from '../../twin/database-error.ts';
export type { Duration } from '../../twin/duration.ts';
export { SimulationError } from '../../twin/simulation-error.ts';
export type { ConsumeOptions, Delivery, Handler, Remedy } from './consumer/consume-options.ts';
export type { Consumer, ConsumerStatus } from './consumer/consumer.ts';
export type { DrainOptions } from './consumer/drive.ts';
export type { Fault, Which } from './consumer/faults.ts';
export type { CrashPoint } from './database/log.ts';
export type { EventStoreOptions } from './database/options.ts';
export type { EventStoreTrace } from './database/trace.ts';
export type { EventStore } from './event-store.ts';
export type { EventStoreFunctions, NewEvent, NewView, Partition, Stream } from './functions/functions.ts';
export type { DeciderEvent, Lock, StoredEvent, View } from './functions/rows.ts';
export type { Timeline, TimelineEntry, TimelineEvent } from './seen/timeline.ts';

/**
 * An empty event store with its own virtual time.
 * @throws SimulationError if an option is unknown or of the wrong type
 */
export function eventStore(options: EventStoreOptions = {}): EventStore {
  return new SimulatedEventStore(resolveOptions(options));
}
