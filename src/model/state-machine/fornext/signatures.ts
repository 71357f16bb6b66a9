/** The parameters of each command in the order of its statement, and which of them are JSON. */
import { type ParameterNames, signaturesOf } from '../../kernel/signature.ts';
import type { FornextCommand } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['definition', 'input', 'output']);

const parameterNames: ParameterNames<FornextCommand> = {
  create_machine: ['machine', 'definition'],
  run: ['machine', 'input', 'handlers'],
  deliver: ['executor'],
  duplicate: ['executor'],
  read_tasks: ['vt', 'qty'],
  complete_task: ['executor', 'task_id', 'output', 'msg_id'],
  tick: [],
  hlc_update: ['executor', 'wall', 'logical'],
  as_uint64: ['wall', 'logical'],
  as_string: ['wall', 'logical'],
  parse_timestamp: ['value'],
};

export const signatures = signaturesOf(parameterNames, jsonbParameters);
