/** What tells the rows of each table apart. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'async.concurrency_pool': ['concurrency_pool'],
  'async.concurrency_pool_tracker': ['concurrency_pool'],
  'async.request_latch': ['request_latch_id'],
  'async.target': ['target'],
  'async.task': ['task_id'],
  'async.worker': ['slot'],
  'background.connections': ['name'],
  'flow.arguments': ['flow_id'],
  'flow.dependency': ['flow_id', 'parent', 'child'],
  'flow.dependency_configuration': ['flow', 'parent', 'child'],
  'flow.flow': ['flow_id'],
  'flow.flow_configuration': ['flow'],
  'flow.flow_node': ['flow', 'node'],
  'flow.node': ['node'],
};

export const keyOf = (table: string): readonly string[] => keys[table] ?? [];
