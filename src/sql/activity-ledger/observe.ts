/** What is read back of a database: its tables. */
import type { Query, QueryResult } from '../driver.ts';
import { observeSchemas, readTables } from '../observe.ts';

export const observedSchemas: readonly string[] = ['ledger'];

export const observeLedger: readonly Query[] = [observeSchemas(observedSchemas)];

export const readLedger = ([tables]: readonly QueryResult[]): Map<string, Record<string, unknown>[]> =>
  readTables(tables);
