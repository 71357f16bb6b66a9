/** What tells the rows of each table apart. The same in every release so far. */
import { pgmqKey } from '../../pgmq/projection.ts';

const keys: Readonly<Record<string, readonly string[]>> = {
  'pgflow.flows': ['flow_slug'],
  'pgflow.steps': ['flow_slug', 'step_slug'],
  'pgflow.deps': ['flow_slug', 'dep_slug', 'step_slug'],
  'pgflow.runs': ['run_id'],
  'pgflow.step_states': ['run_id', 'step_slug'],
  'pgflow.step_tasks': ['run_id', 'step_slug', 'task_index'],
  'pgflow.workers': ['worker_id'],
  'realtime.sent': ['id'],
};

export function keyOf(table: string): readonly string[] {
  // Of a table that a project adds, nobody says what its rows are told apart by.
  return keys[table] ?? (table.startsWith('pgmq.') ? pgmqKey(table) : []);
}
