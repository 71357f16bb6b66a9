/** A command for a person to read: the statement that one would type. */
import { describeCall } from '../kernel/describe.ts';
import type { DagCascadeCommand } from './commands.ts';
import { jsonbParameters } from './signatures.ts';

/** The others are functions of the schema `flow`. */
const names: Readonly<Record<string, string>> = {
  configure: 'async.configure',
  push_steps: 'call flow.push_steps',
  finish: 'call flow.finish',
  defer: 'call flow.defer',
  do_work: 'call async.do_work',
  async_loop: 'call flow.async_loop',
  start_orchestrator: 'call async.main',
};

export function describe(command: DagCascadeCommand): string {
  switch (command.type) {
    case 'task_ends': {
      const { task_id, error } = command;
      return error === null
        ? `task ${task_id} ends in the background`
        : `task ${task_id} fails in the background: ${error}`;
    }
    case 'v_flow_task':
    case 'v_flow_node_status':
    case 'v_flow_status':
      return `select * from flow.${command.type} where flow_id = ${command.flow_id}`;
    default:
      return describeCalled(command);
  }
}

function describeCalled(command: DagCascadeCommand): string {
  const { type, from, ...parameters } = { from: undefined, ...command };
  const called = describeCall(
    'flow',
    { type: names[type] ?? `flow.${type}`, ...parameters },
    jsonbParameters,
  );
  return from === 'elsewhere' ? `${called} in another session` : called;
}
