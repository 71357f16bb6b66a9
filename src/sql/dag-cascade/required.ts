/** What SQL has to have, to be asked the commands of the DAG cascade. */

export const tables: readonly string[] = [
  ...['concurrency_pool', 'concurrency_pool_tracker', 'control', 'target', 'task', 'worker'].map(
    (name) => `async.${name}`,
  ),
  ...['arguments', 'dependency', 'dependency_configuration', 'flow', 'flow_configuration', 'flow_node'].map(
    (name) => `flow.${name}`,
  ),
  ...['node', 'step', 'v_flow_node_status', 'v_flow_status', 'v_flow_task'].map((name) => `flow.${name}`),
];

export const signatures: readonly string[] = [
  'async.configure(jsonb)',
  'async.do_work(boolean)',
  'async.main(boolean, boolean)',
  'flow.args(bigint)',
  'flow.async_loop()',
  'flow.cancel(bigint)',
  'flow.configure_flow(text, jsonb, boolean)',
  'flow.create_flow(text, jsonb, text[], boolean, boolean, bigint, integer)',
  'flow.defer(flow.callback_arguments_t, interval)',
  'flow.finish(flow.callback_arguments_t, boolean, text, boolean)',
  'flow.push_steps(bigint, text, jsonb[], boolean)',
  'flow.restart_flow(bigint, text)',
  'flow.set_priority(bigint, flow.flow_priority_t)',
  'flow.set_step_priority(bigint, bigint, flow.flow_priority_t)',
];
