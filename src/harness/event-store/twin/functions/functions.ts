/**
 * The functions of the event store as a client calls them: their names in camel case, their parameters without the
 * `v_`, and so by the names of the columns that they become.
 */
import type { DeciderEvent, Lock, StoredEvent, View } from './rows.ts';

/** SQL NULL may be left out of the optional ones; elsewhere SQL refuses it (23502). */
export interface NewEvent {
  /** Of which kind it is: one that its decider has registered. */
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
  /** `event_id` of the event that was the last when this one was decided on; none for the first of a stream. */
  readonly previous_id?: string | null | undefined;
  /** 1 where it is left out. */
  readonly event_version?: number;
}

export interface NewView {
  readonly view: string;
  /** Where it begins in the partitions that are there now: at their first event from then on. Now, where it is left out. */
  readonly start_at?: Date;
  /** Seconds; nothing uses it. */
  readonly lock_timeout_s?: number;
  /** Seconds; used by the extensions of the schema alone. */
  readonly pooling_delay_s?: number | null;
  readonly edge_function_url?: string | null;
}

/** A partition as a view sees it. */
export interface Partition {
  readonly view: string;
  readonly decider_id: string;
}

/**
 * Each call is one statement at the present virtual instant, executed when it is called; so calls take place in their
 * order, awaited or not. What SQL refuses rejects with a {@link PostgresError}.
 */
export interface EventStoreFunctions {
  /** `register_decider_event`: a kind of event that the decider may publish. @throws PostgresError 23505 where it is known */
  registerDeciderEvent(kind: {
    readonly decider: string;
    readonly event: string;
    readonly description: string;
    /** 1 where it is left out. */
    readonly event_version?: number;
  }): Promise<DeciderEvent>;
  /**
   * `append_event`. Every view learns of it.
   * @throws PostgresError 23505 where somebody else was faster, P0001 where it cannot follow the event that it names
   */
  appendEvent<Data = unknown>(event: NewEvent): Promise<StoredEvent<Data>>;
  /** A row put into `events` by hand: the one way to an event that is `final`, behind which the stream is closed. */
  insertEvent<Data = unknown>(event: NewEvent & { readonly final?: boolean }): Promise<StoredEvent<Data>>;
  /** `get_events`: the stream of one decider, in order. */
  getEvents<Data = unknown>(stream: Stream): Promise<StoredEvent<Data>[]>;
  /** `get_last_event`: the last of that id. Surprise: whichever decider it is of. */
  getLastEvent<Data = unknown>(stream: Stream): Promise<StoredEvent<Data> | undefined>;
  /** `register_view`. Surprise: registered again, it forgets what it has acknowledged. */
  registerView(view: NewView): Promise<View>;
  /**
   * `stream_events`: of each partition that nobody else reads the next event, at most `limit` (1; null is no limit), each
   * locked for so many `seconds` (300). Surprise: an unknown view is given nothing, and is told nothing.
   */
  streamEvents<Data = unknown>(view: {
    readonly view: string;
    readonly limit?: number | null;
    readonly seconds?: number;
  }): Promise<StoredEvent<Data>[]>;
  /** `ack_event`: the view has come so far. Nothing where there is no such lock. Surprise: any offset is taken, from anybody. */
  ackEvent(progress: Partition & { readonly offset: number }): Promise<Lock | undefined>;
  /** `nack_event`: the event may be read again at once. */
  nackEvent(partition: Partition): Promise<Lock | undefined>;
  /** `schedule_nack_event`: the event may be read again in so many milliseconds. */
  scheduleNackEvent(partition: Partition & { readonly milliseconds: number }): Promise<Lock | undefined>;
  /** A row of `views` deleted by hand; its locks go with it. */
  deleteView(view: { readonly view: string }): Promise<View | undefined>;
}

export interface Stream {
  readonly decider_id: string;
  readonly decider: string;
}
