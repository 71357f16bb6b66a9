/** What tells the rows of each table apart. */
import { pgmqKey } from '../../pgmq/projection.ts';

const ofExecutor = ['executor', 'id'];
const keys: Readonly<Record<string, readonly string[]>> = {
  'asl.machines': ['machine'],
  'asl.executors': ['executor'],
  'asl.messages': ['message_id'],
  'asl.executions': ofExecutor,
  'asl.activities': ofExecutor,
  'asl.branches': ofExecutor,
  'asl.iterations': ofExecutor,
  'asl.tasks': ofExecutor,
  'asl.sleeps': ['sleep_id'],
};

export const keyOf = (table: string): readonly string[] =>
  keys[table] ?? (table.startsWith('pgmq.') ? pgmqKey(table) : []);
