/** The model's queues as the tables of the schema `pgmq`. */
import type { Row } from '../../model/kernel/transition.ts';
import type { PgmqState, Queue } from '../../model/pgmq/state.ts';
import { remembered } from '../contract/remembered.ts';
import { sortedTables } from '../lockstep/observation.ts';

/** Of `pgmq.meta`, and of the parts of pgmq that no command here touches: they are seen to stay empty. */
const ofMeta = remembered((meta: PgmqState['meta']) =>
  sortedTables(
    [
      ['pgmq.meta', [...meta.values()].map((row) => ({ ...row }))],
      ['pgmq.notify_insert_throttle', []],
      ['pgmq.topic_bindings', []],
    ],
    pgmqKey,
  ),
);
const rowsOf = remembered((rows: { values(): unknown }) => rows.values() as Row[]);
const sequenceOf = remembered(({ last_msg_id }: Queue): Row[] => [{ last_value: last_msg_id }]);
const ofQueues = remembered((queues: PgmqState['queues']) =>
  [...queues].flatMap(([name, queue]): [string, readonly Row[]][] => [
    [`pgmq.q_${name}`, rowsOf(queue.messages)],
    [`pgmq.a_${name}`, rowsOf(queue.archive)],
    [`pgmq.${queue.sequence}`, sequenceOf(queue)],
  ]),
);

/** Sorted by key. */
export const projectPgmq = ({ meta, queues }: PgmqState): (readonly [string, readonly Row[]])[] => [
  ...ofMeta(meta),
  ...ofQueues(queues),
];

const others: Readonly<Record<string, readonly string[]>> = {
  'pgmq.meta': ['queue_name'],
  'pgmq.notify_insert_throttle': ['queue_name'],
  'pgmq.topic_bindings': ['pattern', 'queue_name'],
};

export function pgmqKey(table: string): readonly string[] {
  return others[table] ?? ['msg_id'];
}
