/** `pgmq.create`, `pgmq.drop_queue`, `pgmq.list_queues`: the queues themselves. */

import { isRefusal } from '../kernel/outcome.ts';
import { nullIdentifier, raised, type SqlError, wrongObjectType } from '../kernel/sql-error.ts';
import { tableName } from './queue-table.ts';
import { noArchive, noMessages, type PgmqDraft, type QueueMeta } from './state.ts';

/** Does nothing where the queue is there already. */
export function create(draft: PgmqDraft, queue_name: string | null, longest = 47): SqlError | undefined {
  const name = tableName(queue_name);
  if (isRefusal(name)) return name;
  if (queue_name === null || name === null) return nullIdentifier;
  if (queue_name.length > longest && [...queue_name].length > longest)
    return raised(`queue name is too long, maximum length is ${longest} characters`);

  // Surprise: names that differ in case alone are two entries in the list and one pair of tables.
  if (!draft.queues.has(name)) {
    // Surprise: a table is not made where anything has its name, and then there is nothing to index.
    if (draft.relations.has(`q_${name}`)) return wrongObjectType;
    createTables(draft, name);
  }
  if (!draft.meta.has(queue_name)) {
    const meta = { queue_name, is_partitioned: false, is_unlogged: false, created_at: draft.now };
    draft.meta = draft.meta.set(queue_name, meta, draft.owner);
  }
  return undefined;
}

/** Both tables, with the names that Postgres gives to their sequence and indexes where theirs are taken. */
function createTables(draft: PgmqDraft, name: string): void {
  const sequence = freeName(draft, `q_${name}_msg_id_seq`);
  const indexes = [freeName(draft, `q_${name}_pkey`), freeName(draft, `a_${name}_pkey`)];
  // This one has a name of its own and is left out where that is taken.
  if (!isTaken(draft, `q_${name}_vt_idx`)) indexes.push(`q_${name}_vt_idx`);

  draft.queues = draft.queues.set(
    name,
    { messages: noMessages, archive: noArchive, last_msg_id: 0, sequence, indexes },
    draft.owner,
  );
  draft.relations = draft.relations.set(sequence, 'sequence', draft.owner);
  for (const index of indexes) draft.relations = draft.relations.set(index, 'index', draft.owner);
}

function freeName(draft: PgmqDraft, wanted: string): string {
  let name = wanted;
  for (let n = 1; isTaken(draft, name); n++) name = `${wanted}${n}`;
  return name;
}

function isTaken({ queues, relations }: PgmqDraft, relation: string): boolean {
  return relations.has(relation) || queues.has(relation.slice(2));
}

/** True where there were tables to drop. */
export function dropQueue(draft: PgmqDraft, queue_name: string | null): boolean | SqlError {
  const name = tableName(queue_name);
  if (isRefusal(name)) return name;
  const queue = queue_name === null || name === null ? undefined : draft.queues.get(name);
  if (!queue) return false;
  draft.queues = draft.queues.delete(name!);
  draft.meta = draft.meta.delete(queue_name!);
  for (const relation of [queue.sequence, ...queue.indexes]) {
    draft.relations = draft.relations.delete(relation);
  }
  return true;
}

/** In no promised order. */
export function listQueues(draft: PgmqDraft): QueueMeta[] {
  return [...draft.meta.values()];
}
