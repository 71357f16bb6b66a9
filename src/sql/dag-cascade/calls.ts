/** One statement for each command; what another session asks is asked with the orchestrator's number changed around it. */
import type { DagCascadeCommand } from '../../model/dag-cascade/commands.ts';
import { callOf, sqlNull } from '../call.ts';
import type { Query } from '../driver.ts';
import { background } from './background.ts';

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

export function callDagCascade(command: DagCascadeCommand): Query {
  const query = statementOf(command);
  return 'from' in command && command.from === 'elsewhere' ? elsewhere(query) : query;
}

/** Only where there is an orchestrator. */
const elsewhere = (query: Query): Query => ({
  text: 'begin',
  transaction: [
    { text: 'update async.control set pid = -pid where pid = pg_backend_pid()' },
    query,
    { text: 'update async.control set pid = -pid where pid = -pg_backend_pid()' },
  ],
});

/** Which of the statements of a transaction is the command. */
export const placeInTransaction = 1;

function statementOf(command: DagCascadeCommand): Query {
  switch (command.type) {
    case 'configure':
      return callOf('async.configure', { _configuration: 'jsonb' }, { _configuration: sqlNull, ...command });
    case 'configure_flow':
      return callOf(
        'flow.configure_flow',
        { _flow_name: 'text', _configuration: 'jsonb', _append: 'boolean' },
        { _configuration: sqlNull, ...command },
      );
    case 'create_flow':
      return callOf(
        'flow.create_flow',
        {
          _flow: 'text',
          _arguments: 'jsonb',
          _only_these_nodes: 'text[]',
          _parent_task_id: 'bigint',
          _force_priority: 'integer',
        },
        { _arguments: sqlNull, ...command },
      );
    case 'push_steps':
      return {
        text: 'call flow.push_steps($1::bigint, $2::text, $3::jsonb[])',
        params: callOf('', { _flow_id: 'bigint', _node: 'text', _arguments: 'jsonb[]' }, command).params!,
      };
    case 'finish':
      return finish(command);
    case 'defer':
      return {
        text: `call flow.defer(${callback}, $2::interval)`,
        params: [text(command.task_id), command._duration],
      };
    case 'cancel':
      return callOf('flow.cancel', { _flow_id: 'bigint' }, command);
    case 'set_priority':
      return callOf('flow.set_priority', { _flow_id: 'bigint', _priority: 'integer' }, command);
    case 'set_step_priority':
      return callOf(
        'flow.set_step_priority',
        { _flow_id: 'bigint', _task_id: 'bigint', _priority: 'integer' },
        command,
      );
    case 'restart_flow':
      return callOf('flow.restart_flow', { _flow_id: 'bigint', _node: 'text' }, command);
    case 'args':
      return callOf('flow.args', { _flow_id: 'bigint' }, command);
    case 'start_orchestrator':
      return { text: 'call async.main(_manual_mode := true)' };
    case 'do_work':
      return { text: 'call async.do_work()' };
    case 'async_loop':
      return { text: 'call flow.async_loop()' };
    case 'v_flow_task':
    case 'v_flow_status':
    case 'v_flow_node_status':
      return {
        text: `select * from flow.${command.type} where flow_id = $1::bigint order by ${orderOf[command.type]}`,
        params: [text(command.flow_id)],
      };
    case 'task_ends':
      return {
        text: `with ended as (
            update ${background}.connections set is_busy = false, outcome = coalesce($2::text, 'OK')
            from async.worker where worker.name = connections.name and worker.task_id = $1::bigint and is_busy
            returning connections.name
          ) select name from ended order by name collate "C"`,
        params: [text(command.task_id), command.error],
      };
  }
}

/** What is left out has its default. */
function finish({ task_id, _failed, _error_message }: Extract<DagCascadeCommand, { type: 'finish' }>): Query {
  const named = { _failed: ['boolean', _failed], _error_message: ['text', _error_message] } as const;
  const given = Object.entries(named).filter(([, [, value]]) => value !== undefined);
  const written = given.map(([name, [type]], i) => `, ${name} := $${i + 2}::${type}`);
  return {
    text: `call flow.finish(${callback}${written.join('')})`,
    params: [text(task_id), ...given.map(([, [, value]]) => text(value))],
  };
}

const orderOf = { v_flow_task: 'task_id', v_flow_status: 'flow_id', v_flow_node_status: 'node collate "C"' };

/** Only the task in it is looked at. */
const callback = 'row(null, null, null, null, null, $1::bigint)::flow.callback_arguments_t';
