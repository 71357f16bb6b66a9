/** From the name of a queue to its tables, with the refusals on the way: `pgmq.format_table_name` and `format('%I')`. */
import {
  nullIdentifier,
  raised,
  type SqlError,
  undefinedColumn,
  undefinedTable,
  wrongObjectType,
} from '../kernel/sql-error.ts';
import type { PgmqDraft, Queue } from './state.ts';

/** The name of the queue's tables without their prefix; null for a null name. */
export function tableName(queue_name: string | null): string | null | SqlError {
  if (queue_name === null) return null;
  // The name of nearly every queue; nothing below changes or refuses it.
  if (/^[a-z0-9_]*$/.test(queue_name)) return queue_name;
  if (/\$|;|--|'/.test(queue_name)) {
    return raised("queue name contains invalid characters: $, ;, --, or \\'");
  }
  return Array.from(queue_name, lower).join('');
}

/**
 * `lower()` maps one character to one: `İ` to `i`, without the dot that JavaScript keeps. What it knows beyond
 * Latin, Greek and Cyrillic depends on the C library; names with such capitals are no commands (`commands.ts`).
 */
function lower(character: string): string {
  const [mapped = ''] = character.toLowerCase();
  return mapped;
}

/** Most queue names that pass through here are the same few. */
const known = new Map<string, string | SqlError>();

/** The name of the queue's existing tables. */
export function openQueue(draft: PgmqDraft, queue_name: string | null): string | SqlError {
  if (queue_name === null) return nullIdentifier;
  let name = known.get(queue_name);
  if (name === undefined) {
    name = tableName(queue_name) as string | SqlError;
    if (known.size < 1000) known.set(queue_name, name);
  }
  if (typeof name !== 'string') return name;
  if (draft.queues.get(name)) return name;
  switch (draft.relations.get(`q_${name}`)) {
    case 'index':
      return wrongObjectType;
    // It can be read like a table, but none of the columns is there.
    case 'sequence':
      return undefinedColumn;
    default:
      return undefinedTable;
  }
}

export function queueOf(draft: PgmqDraft, name: string): Queue {
  return draft.queues.get(name)!;
}

/** Puts the queue back with other messages, another archive, or another last id. */
export function putQueue(
  draft: PgmqDraft,
  name: string,
  queue: Queue,
  messages: Queue['messages'],
  archive = queue.archive,
  last_msg_id = queue.last_msg_id,
): void {
  const { sequence, indexes } = queue;
  draft.queues = draft.queues.set(name, { messages, archive, last_msg_id, sequence, indexes }, draft.owner);
}
