/** The parameters of each command in the order of its statement, and which of them are JSON. */
import { type ParameterNames, signaturesOf } from '../../kernel/signature.ts';
import type { StatesLanguageCommand } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['definition', 'input', 'output']);

const parameterNames: ParameterNames<StatesLanguageCommand> = {
  create_machine: ['machine', 'definition'],
  start_execution: ['machine', 'input'],
  deliver: ['execution', 'jitter'],
  duplicate: ['execution'],
  read_tasks: ['vt', 'qty'],
  complete_task: ['task_id', 'output'],
  fail_task: ['task_id', 'error', 'cause'],
  heartbeat: ['task_id'],
  cancel_execution: ['execution'],
  delete_execution: ['execution'],
  tick: [],
};

export const signatures = signaturesOf(parameterNames, jsonbParameters);
