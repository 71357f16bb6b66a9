/** The model's queues as the tables of the schema `pgmq`. */
import type { Row } from '../../model/kernel/transition.ts';
import type { PgmqState } from '../../model/pgmq/state.ts';
import { remembered } from '../contract/remembered.ts';

const metaRows = remembered((meta: PgmqState['meta']): Row[] =>
  [...meta.values()].map((row) => ({ ...row })),
);
const messageRows = remembered(
  (messages: { values(): unknown }): Row[] => messages.values() as unknown as Row[],
);

export function* projectPgmq({ meta, queues }: PgmqState): Generator<readonly [string, Row[]]> {
  yield ['pgmq.meta', metaRows(meta)];
  // Parts of pgmq that no command here touches: they are seen to stay empty.
  yield ['pgmq.notify_insert_throttle', []];
  yield ['pgmq.topic_bindings', []];
  for (const [name, { messages, archive, last_msg_id, sequence }] of queues) {
    yield [`pgmq.q_${name}`, messageRows(messages)];
    yield [`pgmq.a_${name}`, messageRows(archive)];
    yield [`pgmq.${sequence}`, [{ last_value: last_msg_id }]];
  }
}

export function pgmqKey(table: string): readonly string[] {
  return table === 'pgmq.meta' ? ['queue_name'] : ['msg_id'];
}
