/** Rows as a client hands them out: timestamps are Dates, JSON is a copy that may be changed. */
import type { Row } from '../../../../model/kernel/transition.ts';
import { copyOf } from '../../../twin/json.ts';

/** A kind of event that a decider may publish: a row of `deciders`. */
export interface DeciderEvent {
  readonly decider: string;
  readonly event: string;
  readonly event_version: number;
  readonly description: string;
}

/** A row of `events`. */
export interface StoredEvent<Data = unknown> {
  /** The kind of event. */
  readonly event: string;
  readonly event_id: string;
  readonly event_version: number;
  readonly decider: string;
  readonly decider_id: string;
  /** As the database returns it: as JSON, with its keys in the order of jsonb. */
  readonly data: Data;
  readonly command_id: string;
  /** The event before it in its stream; null for the first. */
  readonly previous_id: string | null;
  /** True: no event may follow it. */
  readonly final: boolean;
  /** Virtual time, like every Date here. */
  readonly created_at: Date;
  readonly offset: number;
}

/** A row of `views`. */
export interface View {
  readonly view: string;
  /** In UTC, to the millisecond; the first or the last Date there is where it is infinite. */
  readonly start_at: Date;
  readonly lock_timeout_s: number;
  readonly pooling_delay_s: number | null;
  readonly edge_function_url: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A row of `locks`: how far a view has read a partition, and until when nobody else may read it. */
export interface Lock {
  readonly view: string;
  readonly decider_id: string;
  /** The offset of the newest event of the partition. */
  readonly offset: number;
  /** The offset that was acknowledged last. */
  readonly last_offset: number;
  readonly locked_until: Date;
  readonly offset_final: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** What a Date can hold. */
const lastDate = 8.64e15;

/** A `timestamp` as Postgres prints it. */
function dateOf(text: string): Date {
  if (text === 'infinity') return new Date(lastDate);
  if (text === '-infinity') return new Date(-lastDate);
  return new Date(`${text.replace(' ', 'T')}Z`);
}

const date = (instant: unknown) => new Date(instant as number);

export const deciderEventOf = (row: Row) => ({ ...row }) as unknown as DeciderEvent;

export function eventOf<Data>(row: Row): StoredEvent<Data> {
  return { ...row, data: copyOf(row.data), created_at: date(row.created_at) } as unknown as StoredEvent<Data>;
}

export function viewOf(row: Row): View {
  return {
    ...row,
    start_at: dateOf(row.start_at as string),
    created_at: date(row.created_at),
    updated_at: date(row.updated_at),
  } as unknown as View;
}

export function lockOf(row: Row): Lock {
  return {
    ...row,
    locked_until: date(row.locked_until),
    created_at: date(row.created_at),
    updated_at: date(row.updated_at),
  } as unknown as Lock;
}
