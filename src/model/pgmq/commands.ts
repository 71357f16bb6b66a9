/** The functions of pgmq 1.11.1 that the model knows, as commands: parameters by the SQL's own names. */
import * as z from 'zod';
import { int4, int8, jsonb } from '../parameters/sql-types.ts';
import { queueName } from './parameters.ts';

const queue_name = queueName.nullable();
const msg_id = int8.nullable();
const msg_ids = z.array(int8.nullable()).nullable();
/**
 * A poll that never sleeps would never see the virtual clock move, so the interval is at least 1 ms. Waiting is
 * cheap but not free on the SQL side, so it ends: after an hour, and after so many looks at the queue.
 */
export const poll = {
  max_poll_seconds: int4.max(3_600).optional(),
  poll_interval_ms: int4.min(1).max(3_600_000).optional(),
};
const mostLooks = 20_000;
export const looksEnough = ({
  max_poll_seconds = 5,
  poll_interval_ms = 100,
}: z.infer<z.ZodObject<typeof poll>>) => (max_poll_seconds * 1000) / poll_interval_ms <= mostLooks;
export const tooManyLooks = {
  error: `a poll may look at most ${mostLooks} times: use a longer poll_interval_ms or fewer max_poll_seconds`,
};

export const create = z.strictObject({ type: z.literal('pgmq.create'), queue_name });
export const dropQueue = z.strictObject({ type: z.literal('pgmq.drop_queue'), queue_name });
export const listQueues = z.strictObject({ type: z.literal('pgmq.list_queues') });
export const send = z.strictObject({
  type: z.literal('pgmq.send'),
  queue_name,
  msg: jsonb.optional(),
  headers: jsonb.optional(),
  /** Seconds. */
  delay: int4.nullable().optional(),
});
export const sendBatch = z.strictObject({
  type: z.literal('pgmq.send_batch'),
  queue_name,
  msgs: z.array(jsonb).nullable(),
  headers: z.array(jsonb).nullable().optional(),
  /** Seconds. */
  delay: int4.nullable().optional(),
});
export const read = z.strictObject({
  type: z.literal('pgmq.read'),
  queue_name,
  /** Seconds. */
  vt: int4.nullable(),
  qty: int4.nullable(),
  conditional: jsonb.optional(),
});
export const readWithPoll = z
  .strictObject({
    type: z.literal('pgmq.read_with_poll'),
    queue_name,
    /** Seconds. */
    vt: int4.nullable(),
    qty: int4.nullable(),
    ...poll,
    conditional: jsonb.optional(),
  })
  .refine(looksEnough, tooManyLooks);
export const pop = z.strictObject({
  type: z.literal('pgmq.pop'),
  queue_name,
  qty: int4.nullable().optional(),
});
/** The two overloads of a function: one message by `msg_id`, or many by `msg_ids`. */
const byId = { queue_name, msg_id: msg_id.optional(), msg_ids: msg_ids.optional() };
const oneOverload = (command: { msg_id?: unknown; msg_ids?: unknown }) =>
  (command.msg_id === undefined) !== (command.msg_ids === undefined);
const whichOverload = { error: 'expected either msg_id or msg_ids' };

export const setVt = z
  .strictObject({
    type: z.literal('pgmq.set_vt'),
    ...byId,
    /** Seconds from now. */
    vt: int4.nullable(),
  })
  .refine(oneOverload, whichOverload);
export const deleteMessages = z
  .strictObject({ type: z.literal('pgmq.delete'), ...byId })
  .refine(oneOverload, whichOverload);
export const archiveMessages = z
  .strictObject({ type: z.literal('pgmq.archive'), ...byId })
  .refine(oneOverload, whichOverload);
export const purgeQueue = z.strictObject({ type: z.literal('pgmq.purge_queue'), queue_name });
export const metrics = z.strictObject({ type: z.literal('pgmq.metrics'), queue_name });

export const pgmqCommand = z.discriminatedUnion('type', [
  create,
  dropQueue,
  listQueues,
  send,
  sendBatch,
  read,
  readWithPoll,
  pop,
  setVt,
  deleteMessages,
  archiveMessages,
  purgeQueue,
  metrics,
]);

export type Create = z.infer<typeof create>;
export type DropQueue = z.infer<typeof dropQueue>;
export type Send = z.infer<typeof send>;
export type SendBatch = z.infer<typeof sendBatch>;
export type Read = z.infer<typeof read>;
export type ReadWithPoll = z.infer<typeof readWithPoll>;
export type Pop = z.infer<typeof pop>;
export type SetVt = z.infer<typeof setVt>;
export type Delete = z.infer<typeof deleteMessages>;
export type Archive = z.infer<typeof archiveMessages>;
export type PurgeQueue = z.infer<typeof purgeQueue>;
export type Metrics = z.infer<typeof metrics>;
export type PgmqCommand = z.infer<typeof pgmqCommand>;
