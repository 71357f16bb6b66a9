/** Entry point `pgtwin/event-store`: testing deciders and views on an event store in memory. Loads no package. */
import type { EventStore } from './event-store.ts';
import { SimulatedEventStore } from './event-store-of.ts';
import { type EventStoreOptions, resolveOptions } from './options.ts';

export type { Duration } from '../../simulator/duration.ts';
export { SimulationError } from '../../simulator/simulation-error.ts';
export type { ConsumeOptions, Delivery, Handler, Remedy } from './consume-options.ts';
export type { Consumer, ConsumerStatus } from './consumer.ts';
export type { DrainOptions } from './drive.ts';
export type { EventStore } from './event-store.ts';
export type { Fault, Which } from './faults.ts';
export type { EventStoreFunctions, NewEvent, NewView, Partition, Stream } from './functions.ts';
export type { CrashPoint } from './log.ts';
export type { EventStoreOptions } from './options.ts';
export { PostgresError } from './postgres-error.ts';
export type { DeciderEvent, Lock, StoredEvent, View } from './rows.ts';
export type { Timeline, TimelineEntry, TimelineEvent } from './timeline.ts';
export type { EventStoreTrace } from './trace.ts';

/**
 * An event store with nothing in it, in a virtual time of its own.
 * @throws SimulationError where an option is none or of the wrong type
 */
export function eventStore(options: EventStoreOptions = {}): EventStore {
  return new SimulatedEventStore(resolveOptions(options));
}
