/** `pgmq.metrics`. */

import { isRefusal } from '../kernel/outcome.ts';
import { outOfRange, type SqlError, undefinedColumn, undefinedTable } from '../kernel/sql-error.ts';
import type { Row } from '../kernel/transition.ts';
import { openQueue, queueOf } from './queue-table.ts';
import type { PgmqDraft } from './state.ts';

/** Ages are whole seconds, rounded, up to 68 years; null for an empty queue. */
export function metrics(draft: PgmqDraft, queue_name: string | null): Row | SqlError {
  const name = openQueue(draft, queue_name);
  if (isRefusal(name)) return name;
  const queue = queueOf(draft, name);
  // Surprise: the sequence is looked for under the name that it has where nobody had that name before.
  const wanted = `q_${name}_msg_id_seq`;
  if (queue.sequence !== wanted) return draft.queues.has(wanted.slice(2)) ? undefinedColumn : undefinedTable;

  const messages = queue.messages.values();
  const enqueued = messages.map((message) => message.enqueued_at);
  const age = (instant: number) => Math.round((draft.now - instant) / 1000);
  if (enqueued.some((instant) => age(instant) >= 2 ** 31)) return outOfRange;
  return {
    queue_name,
    queue_length: messages.length,
    newest_msg_age_sec: enqueued.length > 0 ? age(enqueued.reduce((a, b) => Math.max(a, b))) : null,
    oldest_msg_age_sec: enqueued.length > 0 ? age(enqueued.reduce((a, b) => Math.min(a, b))) : null,
    total_messages: queue.last_msg_id,
    scrape_time: draft.now,
    queue_visible_length: messages.filter((message) => message.vt <= draft.now).length,
  };
}
