/** `pgmq.read`, `pgmq.read_with_poll` and `pgmq.pop`: taking the first visible messages. */
import { plusSeconds, sleep } from '../kernel/instant.ts';
import { jsonbContains, jsonbEqual, type NullableJsonb } from '../kernel/jsonb.ts';
import { isRefusal } from '../kernel/outcome.ts';
import { negativeLimit, notNullViolation, type SqlError } from '../kernel/sql-error.ts';
import { openQueue, putQueue, queueOf } from './queue-table.ts';
import type { Message, PgmqDraft } from './state.ts';

export interface ReadOptions {
  /** Seconds for which what is read stays invisible. */
  readonly vt: number | null;
  /** At most so many; null means all. */
  readonly qty: number | null;
  /** Only messages that contain this; the empty object and SQL NULL stand for no condition. */
  readonly conditional?: NullableJsonb;
  /** Whether `last_read_at` is written; pgflow's own copy of the function does not. */
  readonly stampsLastRead: boolean;
}

/** Reads once. In no promised order. */
export function read(
  draft: PgmqDraft,
  queue_name: string | null,
  options: ReadOptions,
): Message[] | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  return take(draft, name, options);
}

/**
 * Reads until there is something or `max_poll_seconds` are over, sleeping `poll_interval_ms` in between.
 * Surprise: with no seconds to poll it does not look even once.
 */
export function readWithPoll(
  draft: PgmqDraft,
  queue_name: string | null,
  options: ReadOptions & { readonly max_poll_seconds: number; readonly poll_interval_ms: number },
): Message[] | SqlError {
  const stopAt = plusSeconds(draft.clock, options.max_poll_seconds);
  const name = openQueue(draft, queue_name);
  // A name that no table may have is found out at once; what is wrong with the table, by the first look at it.
  if (isRefusal(name) && name.sqlstate === 'P0001') return name;
  while (draft.clock < stopAt) {
    if (isRefusal(name)) return name;
    // Nothing is visible before the smallest vt of all, so there is no need to look.
    if ((options.qty ?? 0) < 0 || queueOf(draft, name).messages.least <= draft.clock) {
      const messages = take(draft, name, options);
      if (isRefusal(messages) || messages.length > 0) return messages;
    }
    draft.clock = sleep(draft.clock, options.poll_interval_ms / 1000);
  }
  return [];
}

function take(draft: PgmqDraft, name: string, options: ReadOptions): Message[] | SqlError {
  const { vt, stampsLastRead } = options;
  const visible = visibleMessages(draft, name, options);
  if (isRefusal(visible) || visible.length === 0) return visible;
  if (vt === null) return notNullViolation('vt');

  const queue = queueOf(draft, name);
  let { messages } = queue;
  const taken = visible.map((message) => ({
    msg_id: message.msg_id,
    read_ct: message.read_ct + 1,
    enqueued_at: message.enqueued_at,
    last_read_at: stampsLastRead ? draft.clock : message.last_read_at,
    vt: plusSeconds(draft.clock, vt),
    message: message.message,
    headers: message.headers,
  }));
  for (const message of taken) messages = messages.set(message.msg_id, message, draft.owner);
  putQueue(draft, name, queue, messages);
  return taken;
}

/** Deletes the first visible messages and gives them. */
export function pop(draft: PgmqDraft, queue_name: string | null, qty: number | null): Message[] | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  const visible = visibleMessages(draft, name, { qty });
  if (isRefusal(visible)) return visible;
  const queue = queueOf(draft, name);
  let { messages } = queue;
  for (const message of visible) messages = messages.delete(message.msg_id, draft.owner);
  putQueue(draft, name, queue, messages);
  return visible;
}

function visibleMessages(
  draft: PgmqDraft,
  name: string,
  { qty, conditional }: Pick<ReadOptions, 'qty' | 'conditional'>,
): Message[] | SqlError {
  if (qty !== null && qty < 0) return negativeLimit;
  const matches =
    conditional === undefined || jsonbEqual(conditional, {})
      ? undefined
      : ({ message }: Message) => message !== undefined && jsonbContains(message, conditional);
  return queueOf(draft, name).messages.first(qty ?? Infinity, draft.clock, matches);
}
