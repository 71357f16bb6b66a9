/** What is read back of a database: its tables, and the connections of the stand-in for dblink. */

import type { Query, QueryResult } from '../driver.ts';
import { observeSchemas, readTables } from '../observe.ts';
import { background } from './background.ts';

export const observedSchemas: readonly string[] = ['async', 'flow', background];

export const observeDagCascade: readonly Query[] = [observeSchemas(observedSchemas)];

/**
 * The log, who is a client of which server, latches that were answered, and a table that nothing uses: no command reads them, or tells
 * what is in them.
 */
export const notModelled: ReadonlySet<string> = new Set([
  'async.client_control',
  'async.request_latch',
  'async.server_log',
  'async.server_log_server_log_seq',
  'flow.mutex',
]);

export function readDagCascade([tables]: readonly QueryResult[]): Map<string, Record<string, unknown>[]> {
  const all = readTables(tables);
  for (const name of notModelled) all.delete(name);
  return all;
}
