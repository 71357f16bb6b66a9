/** `pgmq.set_vt`, `pgmq.delete`, `pgmq.archive` and `pgmq.purge_queue`: messages by their id. */
import { type Instant, plusSeconds } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/outcome.ts';
import { notNullViolation, type SqlError, undefinedColumn, wrongObjectType } from '../kernel/sql-error.ts';
import { openQueue, putQueue, queueOf } from './queue-table.ts';
import { type Message, noMessages, type PgmqDraft } from './state.ts';

/** Makes messages visible `vt` seconds from now (or at once, where negative). Gives those that there are. */
export function setVt(
  draft: PgmqDraft,
  queue_name: string | null,
  msg_ids: readonly (number | null)[],
  vt: number | null,
): readonly Message[] | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  const queue = queueOf(draft, name);
  let { messages } = queue;
  const moved: Message[] = [];
  for (const msg_id of new Set(msg_ids)) {
    const message = msg_id === null ? undefined : messages.get(msg_id);
    if (!message) continue;
    if (vt === null) return notNullViolation('vt');
    const row = atVt(message, plusSeconds(draft.clock, vt));
    messages = messages.set(row.msg_id, row, draft.owner);
    moved.push(row);
  }
  if (moved.length > 0) putQueue(draft, name, queue, messages);
  return moved;
}

function atVt(message: Message, vt: Instant): Message {
  return {
    msg_id: message.msg_id,
    read_ct: message.read_ct,
    enqueued_at: message.enqueued_at,
    last_read_at: message.last_read_at,
    vt,
    message: message.message,
    headers: message.headers,
  };
}

/** Deletes messages for good; gives the ids of those that were there. */
export function deleteMessages(
  draft: PgmqDraft,
  queue_name: string | null,
  msg_ids: readonly (number | null)[],
): readonly number[] | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  return removeAll(draft, name, msg_ids).map((message) => message.msg_id);
}

/** Moves messages to the archive; gives the ids of those that were there. */
export function archiveMessages(
  draft: PgmqDraft,
  queue_name: string | null,
  msg_ids: readonly (number | null)[],
): readonly number[] | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  const removed = removeAll(draft, name, msg_ids);
  const queue = queueOf(draft, name);
  let { archive } = queue;
  for (const message of removed) {
    const { msg_id, read_ct, enqueued_at, last_read_at, vt, message: body, headers } = message;
    archive = archive.set(
      msg_id,
      { msg_id, read_ct, enqueued_at, last_read_at, vt, message: body, headers, archived_at: draft.now },
      draft.owner,
    );
  }
  if (removed.length > 0) putQueue(draft, name, queue, queue.messages, archive);
  return removed.map((message) => message.msg_id);
}

/** Empties the queue, not its archive; the ids go on from where they were. Gives how many there were. */
export function purgeQueue(draft: PgmqDraft, queue_name: string | null): number | SqlError {
  const name = openQueue(draft, queue_name);
  // A sequence has rows to count, and only then cannot be truncated.
  if (name === undefinedColumn) return wrongObjectType;
  if (isRefusal(name)) return name;
  const queue = queueOf(draft, name);
  putQueue(draft, name, queue, noMessages);
  return queue.messages.size;
}

function removeAll(draft: PgmqDraft, name: string, msg_ids: readonly (number | null)[]): Message[] {
  const queue = queueOf(draft, name);
  let { messages } = queue;
  const removed: Message[] = [];
  for (const id of msg_ids) {
    const message = id === null ? undefined : messages.get(id);
    if (!message) continue;
    messages = messages.delete(message.msg_id, draft.owner);
    removed.push(message);
  }
  if (removed.length > 0) putQueue(draft, name, queue, messages);
  return removed;
}
