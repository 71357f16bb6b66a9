/** The columns that the model knows, in each table. */
export const columns: Readonly<Record<string, readonly string[]>> = {
  'asl.machines': ['machine', 'definition'],
  'asl.executors': ['executor', 'machine', 'handlers', 'wall', 'logical', 'status', 'words', 'output'],
  'asl.messages': ['message_id', 'executor', 'kind', 'payload'],
  'asl.executions': ['executor', 'id', 'input', 'status', 'timestamp', 'workflow_id'],
  'asl.activities': [
    ...['executor', 'id', 'execution_id', 'state_name', 'parent_branch_id', 'parent_iteration_id', 'input'],
    ...['max', 'done', 'outputs'],
  ],
  'asl.branches': ['executor', 'id', 'index', 'activity_id', 'input'],
  'asl.iterations': ['executor', 'id', 'index', 'activity_id'],
  'asl.tasks': ['executor', 'id', 'activity_id'],
  'asl.sleeps': ['sleep_id', 'executor', 'task_id', 'input', 'due'],
  'pgmq.meta': ['queue_name', 'is_partitioned', 'is_unlogged', 'created_at'],
};
