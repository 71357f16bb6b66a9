/** The parameters of each command in the order of its SQL function; see `pgmq/signatures.ts` for why they are written here. */
import type { ParameterNames } from '../../kernel/signature.ts';
import { parameterNames as queueNames } from '../../pgmq/signatures.ts';
import { options, parameterNames as sharedNames } from '../shared/signatures.ts';
import type { PgflowCommand } from './commands.ts';

export const parameterNames: ParameterNames<PgflowCommand> = {
  ...sharedNames,
  add_step: ['flow_slug', 'step_slug', 'deps_slugs', ...options, 'start_delay', 'step_type'],
  start_flow: ['flow_slug', 'input', 'run_id'],
  start_flow_with_states: ['flow_slug', 'input', 'run_id'],
  get_run_with_states: ['run_id'],
  start_tasks: ['flow_slug', 'msg_ids', 'worker_id'],
  cascade_complete_taskless_steps: ['run_id'],
  set_vt_batch: ['queue_name', 'msg_ids', 'vt_offsets'],
  poll_for_tasks: ['queue_name', 'vt', 'qty', 'max_poll_seconds', 'poll_interval_ms'],
  insert_worker: ['worker_id', 'queue_name', 'function_name'],
  deprecate_worker: ['worker_id'],
  delete_run: ['run_id'],
  'pgmq.create': queueNames['pgmq.create'],
  'pgmq.drop_queue': queueNames['pgmq.drop_queue'],
  'pgmq.send': queueNames['pgmq.send'],
  'pgmq.read': queueNames['pgmq.read'],
  'pgmq.read_with_poll': queueNames['pgmq.read_with_poll'],
  'pgmq.pop': queueNames['pgmq.pop'],
  'pgmq.set_vt': queueNames['pgmq.set_vt'],
  'pgmq.delete': queueNames['pgmq.delete'],
  'pgmq.archive': queueNames['pgmq.archive'],
  'pgmq.purge_queue': queueNames['pgmq.purge_queue'],
};
