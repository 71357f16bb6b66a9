/** `pgmq.send` and `pgmq.send_batch`. */
import { plusSeconds } from '../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../kernel/jsonb.ts';
import { isRefusal } from '../kernel/outcome.ts';
import { notNullViolation, raised, type SqlError } from '../kernel/sql-error.ts';
import { openQueue, putQueue, queueOf } from './queue-table.ts';
import type { PgmqDraft } from './state.ts';

/** Adds a message that becomes visible `delay` seconds from now; gives its id. */
export function send(
  draft: PgmqDraft,
  queue_name: string | null,
  message: NullableJsonb,
  headers?: NullableJsonb,
  delay: number | null = 0,
): number | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  return insert(draft, name, message, headers, delay);
}

export function sendBatch(
  draft: PgmqDraft,
  queue_name: string | null,
  messages: readonly Jsonb[] | null,
  headers: readonly Jsonb[] | null = null,
  delay: number | null = 0,
): readonly number[] | SqlError {
  if (messages === null || messages.length === 0) return raised('msgs cannot be NULL or empty');
  if (headers !== null && headers.length !== messages.length) {
    return raised(
      `headers array length (${headers.length}) must match msgs array length (${messages.length})`,
    );
  }
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  const ids: number[] = [];
  for (const [i, message] of messages.entries()) {
    const id = insert(draft, name, message, headers?.[i], delay);
    if (isRefusal(id)) return id;
    ids.push(id);
  }
  return ids;
}

function insert(
  draft: PgmqDraft,
  name: string,
  message: NullableJsonb,
  headers: NullableJsonb,
  delay: number | null,
): number | SqlError {
  const queue = queueOf(draft, name);
  const msg_id = queue.last_msg_id + 1;
  draft.drawn.push(name);
  if (delay === null) {
    // The id is drawn before the row is found wanting.
    putQueue(draft, name, queue, queue.messages, queue.archive, msg_id);
    return notNullViolation('vt');
  }
  const row = {
    msg_id,
    read_ct: 0,
    enqueued_at: draft.now,
    last_read_at: null,
    vt: plusSeconds(draft.clock, delay),
    message,
    headers,
  };
  putQueue(draft, name, queue, queue.messages.set(msg_id, row, draft.owner), queue.archive, msg_id);
  return msg_id;
}
