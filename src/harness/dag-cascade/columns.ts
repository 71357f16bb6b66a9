/** The columns that the model knows, in each table. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  'async.concurrency_pool': ['concurrency_pool', 'max_workers'],
  'async.concurrency_pool_tracker': ['concurrency_pool', 'workers', 'max_workers'],
  'async.control': [
    ...['enabled', 'workers', 'idle_sleep', 'heavy_maintenance_sleep', 'task_keep_duration'],
    ...['default_timeout', 'advisory_mutex_id', 'self_target', 'self_connection_string', 'self_concurrency'],
    ...['last_heavy_maintenance', 'running_since', 'paused', 'pid', 'busy_sleep', 'light_maintenance_sleep'],
    ...['last_light_maintenance', 'default_concurrency_pool_workers', 'startup_routines', 'loop_routines'],
    ...['version', 'debug_log'],
  ],
  'async.target': [
    ...['target', 'max_concurrency', 'connection_string', 'asynchronous_finish', 'default_timeout'],
    'concurrency_track_yielded',
  ],
  'async.task': [
    ...['task_id', 'target', 'priority', 'entered', 'consumed', 'processed', 'yielded', 'finish_status'],
    ...['source', 'query', 'failed', 'processing_error', 'asynchronous_finish', 'times_up', 'task_data'],
    ...['concurrency_pool', 'manual_timeout', 'tracked', 'track_yielded', 'eligible_when'],
  ],
  'async.worker': ['slot', 'name', 'target', 'task_id', 'running_since'],
  'background.connections': ['name', 'is_busy', 'outcome'],
  'flow.arguments': ['flow_id', 'arguments'],
  'flow.dependency': ['flow_id', 'parent', 'child', 'continue_on_failure'],
  'flow.dependency_configuration': ['flow', 'parent', 'child', 'continue_on_failure'],
  'flow.flow': [
    ...['flow_id', 'flow', 'arguments', 'created', 'processed', 'parent_task_id', 'only_these_nodes'],
    ...['parent_flow_id', 'count_nodes', 'count_finished_nodes', 'count_failed_nodes', 'first_error'],
    'force_priority',
  ],
  'flow.flow_configuration': ['flow', 'concurrency_group_routine'],
  'flow.flow_node': ['flow', 'node', 'terminate_on_failure'],
  'flow.node': [
    ...['node', 'target', 'routine', 'node_routine', 'step_routine', 'priority', 'all_steps_must_complete'],
    ...['empty', 'steps_to_flow', 'synchronous', 'node_timeout', 'step_timeout'],
  ],
  'flow.step': ['node', 'arguments'],
};
