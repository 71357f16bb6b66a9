/** What tells the rows of each table apart. */
import { pgmqKey } from '../../pgmq/projection.ts';

const keys: Readonly<Record<string, readonly string[]>> = {
  'asl.machines': ['machine'],
  'asl.executions': ['execution'],
  'asl.messages': ['message_id'],
  'asl.activities': ['id'],
  'asl.parts': ['id'],
  'asl.tasks': ['id'],
  'asl.timers': ['timer_id'],
};

export const keyOf = (table: string): readonly string[] =>
  keys[table] ?? (table.startsWith('pgmq.') ? pgmqKey(table) : []);
