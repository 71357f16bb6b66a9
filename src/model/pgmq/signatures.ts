/**
 * The parameters of each command in the order of its SQL function. Written down apart from the schemas of the
 * commands, so that executing a command does not load them; the compiler checks the names, a test the order.
 */
import type { ParameterNames } from '../kernel/signature.ts';
import type { PgmqCommand } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['msg', 'msgs', 'headers', 'conditional']);

export const parameterNames: ParameterNames<PgmqCommand> = {
  'pgmq.create': ['queue_name'],
  'pgmq.drop_queue': ['queue_name'],
  'pgmq.list_queues': [],
  'pgmq.send': ['queue_name', 'msg', 'headers', 'delay'],
  'pgmq.send_batch': ['queue_name', 'msgs', 'headers', 'delay'],
  'pgmq.read': ['queue_name', 'vt', 'qty', 'conditional'],
  'pgmq.read_with_poll': ['queue_name', 'vt', 'qty', 'max_poll_seconds', 'poll_interval_ms', 'conditional'],
  'pgmq.pop': ['queue_name', 'qty'],
  'pgmq.set_vt': ['queue_name', 'msg_id', 'msg_ids', 'vt'],
  'pgmq.delete': ['queue_name', 'msg_id', 'msg_ids'],
  'pgmq.archive': ['queue_name', 'msg_id', 'msg_ids'],
  'pgmq.purge_queue': ['queue_name'],
  'pgmq.metrics': ['queue_name'],
};
