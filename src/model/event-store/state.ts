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
  /** `timestamp` without a zone, read as UTC; infinite where it was given as that. */
  readonly start_at: Instant;
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

/** The events of one `decider_id`, of whichever decider, by their position from 1. */
export type Partition = IndexedTree<StoredEvent>;

/** The events of one decider under one `decider_id`. */
export interface Stream {
  readonly last: StoredEvent;
}

export interface Subscription {
  readonly view: View;
  /** By `decider_id`. */
  readonly locks: PersistentMap<Lock>;
  /** The same by `offset`, measured by when they can be read: never, where nothing is left to be read. */
  readonly pending: IndexedTree<Lock>;
}

export interface EventStoreState {
  /** By {@link keyOf} decider, event and version. */
  readonly deciders: PersistentMap<DeciderEvent>;
  /** By `decider_id`. */
  readonly partitions: PersistentMap<Partition>;
  /** By {@link keyOf} `decider_id` and decider. */
  readonly streams: PersistentMap<Stream>;
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
  streams: PersistentMap.empty(),
  events: PersistentMap.empty(),
  subscriptions: PersistentMap.empty(),
  last_offset: 0,
  transactions: 0,
};

export const noLocks: PersistentMap<Lock> = PersistentMap.empty();
export const noEvents: Partition = IndexedTree.empty();
export const nothingPending: IndexedTree<Lock> = IndexedTree.empty(readableFrom);

/** No text can hold what stands between the parts. */
export const keyOf = (first: string, second: string, third?: number): string =>
  third === undefined ? `${first}\0${second}` : `${first}\0${second}\0${third}`;

/** The events of one decider under an id; none where either is null. */
export function streamOf(
  { streams }: EventStoreState,
  decider_id: string | null,
  decider: string | null,
): Stream | undefined {
  return decider_id === null || decider === null ? undefined : streams.get(keyOf(decider_id, decider));
}

export function partitionOf(
  { partitions }: EventStoreState,
  decider_id: string | null,
): Partition | undefined {
  return decider_id === null ? undefined : partitions.get(decider_id);
}

/** A lock is as good as held for ever where its partition has nothing left. */
export function readableFrom({ last_offset, offset, locked_until }: Lock): number {
  return last_offset < offset ? locked_until : Infinity;
}

export const lastOf = (partition: Partition | undefined) => partition?.get(partition.size);

/** The first event of the partition behind that offset. */
export function firstAfter(partition: Partition | undefined, offset: number): StoredEvent | undefined {
  if (!partition) return undefined;
  // Offsets rise with positions.
  let [low, high] = [1, partition.size + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (partition.get(middle)!.offset > offset) high = middle;
    else low = middle + 1;
  }
  return partition.get(low);
}
