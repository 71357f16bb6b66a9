/** The columns that the models know in each table, as far as they are the same in all of them. */

const options = ['opt_max_attempts', 'opt_base_delay', 'opt_timeout', 'created_at'];
const ends = ['completed_at', 'failed_at'];

export const commonColumns = {
  'pgflow.flows': ['flow_slug', ...options],
  'pgflow.steps': ['flow_slug', 'step_slug', 'step_type', 'step_index', 'deps_count', ...options],
  'pgflow.deps': ['flow_slug', 'dep_slug', 'step_slug', 'created_at'],
  'pgflow.runs': [
    ...['run_id', 'flow_slug', 'status', 'input', 'output', 'remaining_steps', 'started_at'],
    ...ends,
  ],
  'pgflow.step_states': [
    ...['flow_slug', 'run_id', 'step_slug', 'status', 'remaining_tasks', 'remaining_deps'],
    ...['created_at', 'started_at', ...ends],
  ],
  'pgflow.step_tasks': [
    ...['flow_slug', 'run_id', 'step_slug', 'message_id', 'task_index', 'status', 'attempts_count'],
    ...['error_message', 'output', 'queued_at', ...ends],
  ],
  'pgflow.workers': ['worker_id', 'queue_name', 'function_name', 'started_at', 'last_heartbeat_at'],
  'realtime.sent': ['id', 'payload', 'event', 'topic', 'private'],
  'pgmq.meta': ['queue_name', 'is_partitioned', 'is_unlogged', 'created_at'],
};
