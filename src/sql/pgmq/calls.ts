/** One call for each command of the queue: one statement, nothing around it. */
import type { PgmqCommand } from '../../model/pgmq/commands.ts';
import { callOf, type ParameterType, sqlNull } from '../call.ts';
import type { Query } from '../driver.ts';

const queue_name = 'text';

const parameters: Record<PgmqCommand['type'], Record<string, ParameterType>> = {
  'pgmq.create': { queue_name },
  'pgmq.drop_queue': { queue_name },
  'pgmq.list_queues': {},
  'pgmq.send': { queue_name, msg: 'jsonb', headers: 'jsonb', delay: 'integer' },
  'pgmq.send_batch': { queue_name, msgs: 'jsonb[]', headers: 'jsonb[]', delay: 'integer' },
  'pgmq.read': { queue_name, vt: 'integer', qty: 'integer', conditional: 'jsonb' },
  'pgmq.read_with_poll': {
    queue_name,
    vt: 'integer',
    qty: 'integer',
    max_poll_seconds: 'integer',
    poll_interval_ms: 'integer',
    conditional: 'jsonb',
  },
  'pgmq.pop': { queue_name, qty: 'integer' },
  'pgmq.set_vt': { queue_name, msg_id: 'bigint', msg_ids: 'bigint[]', vt: 'integer' },
  'pgmq.delete': { queue_name, msg_id: 'bigint', msg_ids: 'bigint[]' },
  'pgmq.archive': { queue_name, msg_id: 'bigint', msg_ids: 'bigint[]' },
  'pgmq.purge_queue': { queue_name },
  'pgmq.metrics': { queue_name },
};

export function callPgmq(command: PgmqCommand): Query {
  const values = command.type === 'pgmq.send' ? { msg: sqlNull, ...command } : command;
  return callOf(command.type, parameters[command.type], values);
}
