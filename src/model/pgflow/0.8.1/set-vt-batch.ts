/** `pgflow.set_vt_batch`. */
import { assert } from '../../kernel/assert.ts';
import { plusSeconds } from '../../kernel/instant.ts';
import { isRefusal } from '../../kernel/outcome.ts';
import { raised, type SqlError } from '../../kernel/sql-error.ts';
import type { Row } from '../../kernel/transition.ts';
import { setVt } from '../../pgmq/messages.ts';
import { openQueue, tableName } from '../../pgmq/queue-table.ts';
import type { SetVtBatch } from './commands.ts';
import type { Draft } from './draft.ts';

/** The messages that were there, without what is not part of the record of this release. In no promised order. */
export function setVtBatch(draft: Draft, command: SetVtBatch): readonly Row[] | SqlError {
  const { queue_name, msg_ids, vt_offsets } = command;
  // A name that cannot be is refused even where there is nothing to do.
  const name = tableName(queue_name);
  if (isRefusal(name)) return name;
  if (msg_ids === null || vt_offsets === null) {
    draft.reached.push('set_vt_batch/nothing-asked');
    return [];
  }
  if (msg_ids.length === 0 && draft.asDocumented.has('an-empty-batch-of-visibilities-needs-a-queue')) {
    return [];
  }
  if (msg_ids.length !== vt_offsets.length) {
    return raised(
      `msg_ids length (${lengthOf(msg_ids)}) must equal vt_offsets length (${lengthOf(vt_offsets)})`,
    );
  }
  // Surprise: an empty list was meant to be nothing to do, but its length is NULL and the table is looked up.
  const queue = openQueue(draft.pgmq, queue_name);
  if (isRefusal(queue)) return queue;
  const moved: Row[] = [];
  for (const msg_id of new Set(msg_ids)) {
    const offsets = vt_offsets.filter((_, i) => msg_ids[i] === msg_id);
    // A row is updated once: of several offsets for one message any may be the one that holds.
    const instants = offsets.map((offset) => String(plusSeconds(draft.now, offset)));
    const [chosen = ''] = draft.order(instants, `vt of ${msg_id}`);
    const messages = setVt(draft.pgmq, queue_name, [msg_id], offsets[instants.indexOf(chosen)]!);
    assert(!isRefusal(messages), 'the queue is there, and every offset has a value');
    for (const { last_read_at: _, ...row } of messages) moved.push(row);
  }
  draft.reached.push(moved.length > 0 ? 'set_vt_batch/moved' : 'set_vt_batch/no-such-message');
  return moved;
}

/** `array_length` of an empty array is NULL. */
const lengthOf = (list: readonly unknown[]) => (list.length === 0 ? '<NULL>' : list.length);
