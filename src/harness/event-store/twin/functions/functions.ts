/**
 * The functions of the event store as a client calls them: their names in camel case, their parameters without the
 * `v_`, and so by the names of the columns that they become.
 */
import type { DeciderEvent, Lock, StoredEvent, View } from './rows.ts';

/** Optional fields may be missing, which is SQL NULL. In the others the SQL refuses NULL (23502). */
export interface NewEvent {
  /** The kind of event. Its decider has to be registered for it. */
  readonly event: string;
  /** A uuid that no other event has. */
  readonly event_id: string;
  readonly decider: string;
  /** The partition: a uuid, or any text, as `options.ids` says. */
  readonly decider_id: string;
  /** JSON. As with every client of Postgres, null is SQL NULL, which is refused. */
  readonly data: unknown;
  /** A uuid. */
  readonly command_id: string;
  /** The `event_id` of the last event that the decider knew. Missing for the first event of a stream. */
  readonly previous_id?: string | null | undefined;
  /** Default: 1. */
  readonly event_version?: number;
}

export interface NewView {
  readonly view: string;
  /**
   * In the partitions that exist now, the view begins at the first event from this instant on. Default: now. A text may have microseconds, and
   * be `infinity` or `-infinity`; it is in UTC, and as in Postgres a zone in it is ignored.
   */
  readonly start_at?: Date | string;
  /** Seconds. Nothing uses it. */
  readonly lock_timeout_s?: number;
  /** Seconds. Only the extensions of the schema use it. */
  readonly pooling_delay_s?: number | null;
  readonly edge_function_url?: string | null;
}

/** A partition as a view sees it. */
export interface Partition {
  readonly view: string;
  readonly decider_id: string;
}

/**
 * Each call executes one statement at the current virtual instant, as soon as it is called. So calls take place in their
 * order, awaited or not. If the SQL refuses a call, its promise rejects with a {@link PostgresError}.
 */
export interface EventStoreFunctions {
  /** `register_decider_event`: a kind of event that the decider may publish. @throws PostgresError 23505 if it is registered already */
  registerDeciderEvent(kind: {
    readonly decider: string;
    readonly event: string;
    readonly description: string;
    /** Default: 1. */
    readonly event_version?: number;
  }): Promise<DeciderEvent>;
  /**
   * `append_event`. Every view will get the event.
   * @throws PostgresError 23505 if somebody else was faster, P0001 if the event cannot follow `previous_id`
   */
  appendEvent<Data = unknown>(event: NewEvent): Promise<StoredEvent<Data>>;
  /** Inserts a row into `events` by hand. This is the only way to a `final` event, which closes its stream. */
  insertEvent<Data = unknown>(event: NewEvent & { readonly final?: boolean }): Promise<StoredEvent<Data>>;
  /** `get_events`: the stream of one decider, in order. */
  getEvents<Data = unknown>(stream: Stream): Promise<StoredEvent<Data>[]>;
  /** `get_last_event`: the last event of that id. Surprise: it may be of any decider. */
  getLastEvent<Data = unknown>(stream: Stream): Promise<StoredEvent<Data> | undefined>;
  /** `register_view`. Surprise: a view that is registered again forgets what it has acknowledged. */
  registerView(view: NewView): Promise<View>;
  /**
   * `stream_events`: the next event of each partition that nobody else reads, and locks that partition for `seconds`
   * (default: 300). At most `limit` events (default: 1; null: no limit). Surprise: an unknown view gets nothing, without
   * an error.
   */
  streamEvents<Data = unknown>(view: {
    readonly view: string;
    readonly limit?: number | null;
    readonly seconds?: number;
  }): Promise<StoredEvent<Data>[]>;
  /** `ack_event`: the view has processed this offset. Undefined if there is no such lock. Surprise: it accepts any offset from anybody. */
  ackEvent(progress: Partition & { readonly offset: number }): Promise<Lock | undefined>;
  /** `nack_event`: the event may be read again at once. */
  nackEvent(partition: Partition): Promise<Lock | undefined>;
  /** `schedule_nack_event`: the event may be read again after so many milliseconds. */
  scheduleNackEvent(partition: Partition & { readonly milliseconds: number }): Promise<Lock | undefined>;
  /** Deletes a row of `views` by hand, and with it its locks. */
  deleteView(view: { readonly view: string }): Promise<View | undefined>;
}

export interface Stream {
  readonly decider_id: string;
  readonly decider: string;
}
