/** What is read back of a database: its tables, and the queue's. */
import type { Query, QueryResult } from '../driver.ts';
import { observeSchemas, readTables } from '../observe.ts';

export const observedSchemas: readonly string[] = ['asl', 'pgmq'];

export const observeStateMachine: readonly Query[] = [observeSchemas(observedSchemas)];

export const readStateMachine = ([tables]: readonly QueryResult[]): Map<string, Record<string, unknown>[]> =>
  readTables(tables);
