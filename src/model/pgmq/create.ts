/** `pgmq.create`, `pgmq.drop_queue`, `pgmq.list_queues`: the queues themselves. */

import { isRefusal } from '../kernel/outcome.ts';
import { nullIdentifier, raised, type SqlError } from '../kernel/sql-error.ts';
import { tableName } from './queue-table.ts';
import { emptyQueue, type PgmqDraft, type QueueMeta } from './state.ts';

/** Does nothing where the queue is there already. */
export function create(draft: PgmqDraft, queue_name: string | null): SqlError | undefined {
  const name = tableName(queue_name);
  if (isRefusal(name)) return name;
  if (queue_name === null || name === null) return nullIdentifier;
  if (queue_name.length > 47 && [...queue_name].length > 47)
    return raised('queue name is too long, maximum length is 47 characters');

  // Surprise: names that differ in case alone are two entries in the list and one pair of tables.
  if (!draft.queues.has(name)) draft.queues = draft.queues.set(name, emptyQueue, draft.owner);
  if (!draft.meta.has(queue_name)) {
    const meta = { queue_name, is_partitioned: false, is_unlogged: false, created_at: draft.now };
    draft.meta = draft.meta.set(queue_name, meta, draft.owner);
  }
  return undefined;
}

/** True where there were tables to drop. */
export function dropQueue(draft: PgmqDraft, queue_name: string | null): boolean | SqlError {
  const name = tableName(queue_name);
  if (isRefusal(name)) return name;
  if (queue_name === null || name === null || !draft.queues.has(name)) return false;
  draft.queues = draft.queues.delete(name);
  draft.meta = draft.meta.delete(queue_name);
  return true;
}

/** In no promised order. */
export function listQueues(draft: PgmqDraft): QueueMeta[] {
  return [...draft.meta.values()];
}
