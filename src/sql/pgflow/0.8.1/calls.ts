/** One statement for each command of pgflow 0.8.1, and nothing around it. */
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import { callOf, type ParameterType, sqlNull } from '../../call.ts';
import type { Query } from '../../driver.ts';
import { callPgmq } from '../../pgmq/calls.ts';

type Parameters = Readonly<Record<string, ParameterType>>;
type QueueCommand = Extract<PgflowCommand, { type: `pgmq.${string}` }>;
type Statement = Extract<PgflowCommand, { type: 'insert_worker' | 'deprecate_worker' | 'delete_run' }>;
type OwnCommand = Exclude<PgflowCommand, QueueCommand | Statement>;

const options: Parameters = { max_attempts: 'integer', base_delay: 'integer', timeout: 'integer' };
const start: Parameters = { flow_slug: 'text', input: 'jsonb', run_id: 'uuid' };
const run: Parameters = { run_id: 'uuid' };
const task: Parameters = { run_id: 'uuid', step_slug: 'text', task_index: 'integer' };

const parameters: Record<OwnCommand['type'], Parameters> = {
  create_flow: { flow_slug: 'text', ...options },
  add_step: {
    flow_slug: 'text',
    step_slug: 'text',
    deps_slugs: 'text[]',
    ...options,
    start_delay: 'integer',
    step_type: 'text',
  },
  start_flow: start,
  start_flow_with_states: start,
  get_run_with_states: run,
  start_tasks: { flow_slug: 'text', msg_ids: 'bigint[]', worker_id: 'uuid' },
  complete_task: { ...task, output: 'jsonb' },
  fail_task: { ...task, error_message: 'text' },
  start_ready_steps: run,
  cascade_complete_taskless_steps: run,
  maybe_complete_run: run,
  set_vt_batch: { queue_name: 'text', msg_ids: 'bigint[]', vt_offsets: 'integer[]' },
  poll_for_tasks: {
    queue_name: 'text',
    vt: 'integer',
    qty: 'integer',
    max_poll_seconds: 'integer',
    poll_interval_ms: 'integer',
  },
  calculate_retry_delay: { base_delay: 'numeric', attempts_count: 'integer' },
  is_valid_slug: { slug: 'text' },
};

export function callPgflow(command: PgflowCommand): Query {
  if (isQueueCommand(command)) return callPgmq(command);
  switch (command.type) {
    case 'insert_worker':
      return {
        text: 'insert into pgflow.workers (worker_id, queue_name, function_name) values ($1::uuid, $2::text, $3::text) returning *',
        params: [command.worker_id, command.queue_name, command.function_name],
      };
    case 'deprecate_worker':
      return {
        text: 'update pgflow.workers set deprecated_at = now() where worker_id = $1::uuid returning *',
        params: [command.worker_id],
      };
    case 'delete_run':
      // One statement, so that no foreign key is in the way.
      return {
        text: `with tasks as (delete from pgflow.step_tasks where run_id = $1::uuid),
          states as (delete from pgflow.step_states where run_id = $1::uuid)
          delete from pgflow.runs where run_id = $1::uuid returning *`,
        params: [command.run_id],
      };
    default:
      return callOf(`pgflow.${command.type}`, parameters[command.type], withSqlNull(command));
  }
}

const isQueueCommand = (command: PgflowCommand): command is QueueCommand => command.type.startsWith('pgmq.');

/** The parameters of type jsonb that have no default: left out of a command, they are SQL NULL. */
function withSqlNull(command: OwnCommand): object {
  switch (command.type) {
    case 'start_flow':
    case 'start_flow_with_states':
      return { input: sqlNull, ...command };
    case 'complete_task':
      return { output: sqlNull, ...command };
    default:
      return command;
  }
}
