/** The columns that the model knows, in each table. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  'asl.machines': ['machine', 'definition'],
  'asl.executions': [
    ...['execution', 'machine', 'status', 'input', 'output', 'error', 'cause', 'started_at', 'stopped_at'],
    ...['activities', 'jitter'],
  ],
  'asl.messages': ['message_id', 'execution', 'kind', 'payload'],
  'asl.activities': [
    ...['id', 'execution', 'part_id', 'state_name', 'input', 'status', 'attempts', 'retries', 'entered_at'],
  ],
  'asl.parts': [
    ...['id', 'execution', 'activity_id', 'kind', 'index', 'input', 'item', 'status', 'output', 'activities'],
  ],
  'asl.tasks': ['id', 'execution', 'activity_id', 'msg_id', 'heartbeat'],
  'asl.timers': ['timer_id', 'execution', 'id', 'kind', 'due'],
  'pgmq.meta': ['queue_name', 'is_partitioned', 'is_unlogged', 'created_at'],
};
