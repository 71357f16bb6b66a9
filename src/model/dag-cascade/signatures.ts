/** The parameters of each command in the order of its statement, and which of them are JSON. */
import { type ParameterNames, signaturesOf } from '../kernel/signature.ts';
import type { DagCascadeCommand } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['_configuration', '_arguments']);

/** `from` is who asks, and no parameter. */
export const parameterNames: ParameterNames<DagCascadeCommand> = {
  configure: ['_configuration'],
  configure_flow: ['_flow_name', '_configuration', '_append'],
  create_flow: ['_flow', '_arguments', '_only_these_nodes', '_parent_task_id', '_force_priority'],
  push_steps: ['_flow_id', '_node', '_arguments'],
  finish: ['task_id', '_failed', '_error_message'],
  defer: ['task_id', '_duration'],
  cancel: ['_flow_id'],
  set_priority: ['_flow_id', '_priority'],
  set_step_priority: ['_flow_id', '_task_id', '_priority'],
  restart_flow: ['_flow_id', '_node'],
  args: ['_flow_id'],
  start_orchestrator: [],
  do_work: [],
  task_ends: ['task_id', 'error'],
  async_loop: [],
  v_flow_task: ['flow_id'],
  v_flow_node_status: ['flow_id'],
  v_flow_status: ['flow_id'],
};

export const signatures = signaturesOf(parameterNames, jsonbParameters);
