/** What an event store holds: kinds of events, events, views, and a lock for each view and partition. */
import { IndexedTree } from '../kernel/indexed-tree.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Jsonb } from '../kernel/jsonb.ts';
import { PersistentMap } from '../kernel/persistent-map.ts';

/** A row of `deciders`: a kind of event that a decider can publish. */
export interface DeciderEvent {
  readonly decider: string;
  readonly event: string;
  readonly event_version: number;
  readonly description: string;
}

/** A row of `events`. */
export interface StoredEvent {
  readonly event: string;
  readonly event_id: string;
  readonly event_version: number;
  readonly decider: string;
  readonly decider_id: string;
  readonly data: Jsonb;
  readonly command_id: string;
  readonly previous_id: string | null;
  readonly final: boolean;
  readonly created_at: Instant;
  readonly offset: number;
  /** No column: which of the transactions that left events it came with. */
  readonly transaction: number;
}

/** A row of `views`. */
export interface View {
  readonly view: string;
  /** `timestamp` without a zone, read as UTC, as Postgres prints it: it has microseconds, and can be infinite. */
  readonly start_at: string;
  /** Seconds. */
  readonly lock_timeout_s: number;
  /** Seconds. */
  readonly pooling_delay_s: number | null;
  readonly edge_function_url: string | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

/** A row of `locks`: how far a view has come in a partition, and until when nobody else may read it. */
export interface Lock {
  readonly view: string;
  readonly decider_id: string;
  /** Of the newest event of the partition. */
  readonly offset: number;
  /** Of the last event that was acknowledged. */
  readonly last_offset: number;
  readonly locked_until: Instant;
  readonly offset_final: boolean;
  readonly created_at: Instant;
  readonly updated_at: Instant;
}

/** What there is under one `decider_id`, of whichever decider. */
export interface Partition {
  /** The offset of the newest event that there ever was: that of all its locks, by which they are found. */
  readonly newest: number;
  /** By offset; none where they were truncated. */
  readonly events: IndexedTree<StoredEvent>;
  /** The last event of each decider. */
  readonly streams: readonly StoredEvent[];
}

export interface Subscription {
  readonly view: View;
  /** One a partition at most, by `offset`; measured by when it can be read: never, where nothing is left to be read. */
  readonly locks: IndexedTree<Lock>;
}

export interface EventStoreState {
  /** By decider. */
  readonly deciders: PersistentMap<readonly DeciderEvent[]>;
  /** By `decider_id`. */
  readonly partitions: PersistentMap<Partition>;
  /** By `event_id`. */
  readonly events: PersistentMap<StoredEvent>;
  /** By name. */
  readonly subscriptions: PersistentMap<Subscription>;
  /** The last offset that the sequence has drawn; 0 before the first. */
  readonly last_offset: number;
  /** How many transactions have left events. */
  readonly transactions: number;
}

export const initialState: EventStoreState = {
  deciders: PersistentMap.empty(),
  partitions: PersistentMap.empty(),
  events: PersistentMap.empty(),
  subscriptions: PersistentMap.empty(),
  last_offset: 0,
  transactions: 0,
};

export const noLocks: IndexedTree<Lock> = IndexedTree.empty(readableFrom);
export const noEvents: IndexedTree<StoredEvent> = IndexedTree.empty();

/** Whether a decider can publish such an event. */
export function isRegistered(
  { deciders }: EventStoreState,
  { decider, event, event_version }: Pick<DeciderEvent, 'decider' | 'event' | 'event_version'>,
): boolean {
  const isSo = (known: DeciderEvent) => known.event === event && known.event_version === event_version;
  return deciders.get(decider)?.some(isSo) ?? false;
}

export function partitionOf(
  { partitions }: EventStoreState,
  decider_id: string | null,
): Partition | undefined {
  return decider_id === null ? undefined : partitions.get(decider_id);
}

/** The lock of a view on a partition. */
export const lockIn = (subscription: Subscription, partition: Partition | undefined): Lock | undefined =>
  partition && subscription.locks.get(partition.newest);

/** A lock of which something else than its events changed: column by column, which is faster than all but three. */
export const lockWith = (
  lock: Lock,
  last_offset: number,
  locked_until: Instant,
  updated_at: Instant,
): Lock => ({
  view: lock.view,
  decider_id: lock.decider_id,
  offset: lock.offset,
  last_offset,
  locked_until,
  offset_final: lock.offset_final,
  created_at: lock.created_at,
  updated_at,
});

/** A lock is as good as held for ever where its partition has nothing left. */
export function readableFrom({ last_offset, offset, locked_until }: Lock): number {
  return last_offset < offset ? locked_until : Infinity;
}
