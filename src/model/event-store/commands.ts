/** What an event store is asked, as commands: the functions by their own parameters, and an operator's hand on tables. */
import * as z from 'zod';
import { isTimestamp } from '../kernel/timestamp.ts';
import { indexedText, int4, int8, jsonb, text } from '../parameters/sql-types.ts';

/**
 * An id as text: what is no uuid where one is wanted is left for the SQL to refuse, and one that is written in
 * capitals or braces is the same uuid.
 */
const id = indexedText.nullable();
/** Every name is in an index. */
const name = indexedText.nullable();
const version = int8.nullable().optional();

/** Further off, and what is stored would be no instant that JavaScript can tell from others. */
const farthest = 8e15;
const milliseconds = z.int().min(-farthest).max(farthest);

/** `timestamp` in ISO style. */
const timestamp = z.string().refine(isTimestamp, {
  error:
    'expected a timestamp such as 2030-01-01 00:00:00.5, with at most six digits of a second, infinity or -infinity',
});

export const registerDeciderEvent = z.strictObject({
  type: z.literal('register_decider_event'),
  v_decider: name,
  v_event: name,
  v_description: text.nullable(),
  v_event_version: version,
});
export const appendEvent = z.strictObject({
  type: z.literal('append_event'),
  v_event: name,
  v_event_id: id,
  v_decider: name,
  v_decider_id: id,
  /** Left out, SQL NULL. */
  v_data: jsonb.optional(),
  v_command_id: id,
  v_previous_id: id,
  v_event_version: version,
});
/** A row put into `events` by hand: the one way to an event that is final. */
export const insertEvent = z.strictObject({
  type: z.literal('insert_event'),
  event: name,
  event_id: id,
  decider: name,
  decider_id: id,
  /** Left out, SQL NULL. */
  data: jsonb.optional(),
  command_id: id,
  previous_id: id,
  event_version: version,
  final: z.boolean().nullable().optional(),
});
export const getEvents = z.strictObject({ type: z.literal('get_events'), v_decider_id: id, v_decider: name });
export const getLastEvent = z.strictObject({
  type: z.literal('get_last_event'),
  v_decider_id: id,
  v_decider: name,
});

export const registerView = z.strictObject({
  type: z.literal('register_view'),
  v_view: name,
  /** In the session's time zone, which is UTC. */
  v_start_at: timestamp.nullable().optional(),
  /** Seconds. */
  v_lock_timeout_s: int8.nullable().optional(),
  /** Seconds. */
  v_pooling_delay_s: int8.nullable().optional(),
  v_edge_function_url: text.nullable().optional(),
});
export const streamEvents = z.strictObject({
  type: z.literal('stream_events'),
  v_view_name: name,
  /** Null is no limit. */
  v_limit: int4.nullable().optional(),
  v_seconds: int4.nullable().optional(),
});
export const ackEvent = z.strictObject({
  type: z.literal('ack_event'),
  v_view: name,
  v_decider_id: id,
  v_offset: int8.nullable(),
});
export const nackEvent = z.strictObject({ type: z.literal('nack_event'), v_view: name, v_decider_id: id });
export const scheduleNackEvent = z.strictObject({
  type: z.literal('schedule_nack_event'),
  v_view: name,
  v_decider_id: id,
  v_milliseconds: milliseconds.nullable(),
});

/** `lock_timeout_s` of a row of `views` changed by hand. */
export const updateView = z.strictObject({
  type: z.literal('update_view'),
  view: name,
  /** Seconds. */
  lock_timeout_s: int8.nullable(),
});
export const deleteView = z.strictObject({ type: z.literal('delete_view'), view: name });

/** Whether the statement asks for the rows that it changed. */
const returning = z.boolean().optional();
export const updateEvent = z.strictObject({
  type: z.literal('update_event'),
  event_id: id,
  final: z.boolean().nullable(),
  returning,
});
export const deleteEvent = z.strictObject({ type: z.literal('delete_event'), event_id: id, returning });
export const updateDecider = z.strictObject({
  type: z.literal('update_decider'),
  decider: name,
  description: text.nullable(),
  returning,
});
export const deleteDecider = z.strictObject({ type: z.literal('delete_decider'), decider: name, returning });
export const truncateEvents = z.strictObject({ type: z.literal('truncate_events') });

export const statement = z.discriminatedUnion('type', [
  registerDeciderEvent,
  appendEvent,
  insertEvent,
  getEvents,
  getLastEvent,
  registerView,
  streamEvents,
  ackEvent,
  nackEvent,
  scheduleNackEvent,
  updateView,
  deleteView,
  updateEvent,
  deleteEvent,
  updateDecider,
  deleteDecider,
  truncateEvents,
]);

/** Several statements in one transaction, in which `NOW()` stands still; the first that is refused undoes them all. */
export const transaction = z.strictObject({
  type: z.literal('transaction'),
  commands: z.array(statement).min(1).max(8),
});

export const eventStoreCommand = z.discriminatedUnion('type', [...statement.options, transaction]);

export type RegisterDeciderEvent = z.infer<typeof registerDeciderEvent>;
export type AppendEvent = z.infer<typeof appendEvent>;
export type InsertEvent = z.infer<typeof insertEvent>;
export type GetEvents = z.infer<typeof getEvents>;
export type GetLastEvent = z.infer<typeof getLastEvent>;
export type RegisterView = z.infer<typeof registerView>;
export type StreamEvents = z.infer<typeof streamEvents>;
export type AckEvent = z.infer<typeof ackEvent>;
export type NackEvent = z.infer<typeof nackEvent>;
export type ScheduleNackEvent = z.infer<typeof scheduleNackEvent>;
export type UpdateView = z.infer<typeof updateView>;
export type DeleteView = z.infer<typeof deleteView>;
/** A command that is one statement. */
export type EventStoreStatement = z.infer<typeof statement>;
export type EventStoreCommand = z.infer<typeof eventStoreCommand>;
