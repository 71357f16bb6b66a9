/** One call for each command of pgflow 0.1.20: one statement, nothing around it. */
import type { PgflowCommand } from '../../../model/pgflow/0.1.20/commands.ts';
import { callOf, type ParameterType, sqlNull } from '../../call.ts';
import type { Query } from '../../driver.ts';
import { callPgmq } from '../../pgmq/calls.ts';

type Parameters = Readonly<Record<string, ParameterType>>;
type OwnCommand = Exclude<PgflowCommand, { type: `pgmq.${string}` }>;

const options: Parameters = { max_attempts: 'integer', base_delay: 'integer', timeout: 'integer' };
const poll: Parameters = {
  queue_name: 'text',
  vt: 'integer',
  qty: 'integer',
  max_poll_seconds: 'integer',
  poll_interval_ms: 'integer',
};
const task: Parameters = { run_id: 'uuid', step_slug: 'text', task_index: 'integer' };

const parameters: Record<OwnCommand['type'], Parameters> = {
  create_flow: { flow_slug: 'text', ...options },
  add_step: { flow_slug: 'text', step_slug: 'text', deps_slugs: 'text[]', ...options },
  start_flow: { flow_slug: 'text', input: 'jsonb' },
  poll_for_tasks: poll,
  read_with_poll: { ...poll, conditional: 'jsonb' },
  complete_task: { ...task, output: 'jsonb' },
  fail_task: { ...task, error_message: 'text' },
  start_ready_steps: { run_id: 'uuid' },
  maybe_complete_run: { run_id: 'uuid' },
  calculate_retry_delay: { base_delay: 'numeric', attempts_count: 'integer' },
  is_valid_slug: { slug: 'text' },
};

export function callPgflow(command: PgflowCommand): Query {
  if (isQueueCommand(command)) return callPgmq(command);
  return callOf(`pgflow.${command.type}`, parameters[command.type], withSqlNull(command));
}

const isQueueCommand = (command: PgflowCommand): command is Exclude<PgflowCommand, OwnCommand> =>
  command.type.startsWith('pgmq.');

/** The parameters of type jsonb that have no default: left out of a command, they are SQL NULL. */
function withSqlNull(command: OwnCommand): object {
  if (command.type === 'start_flow') return { input: sqlNull, ...command };
  if (command.type === 'complete_task') return { output: sqlNull, ...command };
  return command;
}
