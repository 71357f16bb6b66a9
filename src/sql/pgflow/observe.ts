/** What is read back of a database for pgflow: its own tables, the queue's, and what it told the world outside. */
import type { Query, QueryResult } from '../driver.ts';
import { observeSchemas, readTables } from '../observe.ts';
import { callsSchema, withoutSilence } from '../supabase/calls.ts';

export { callsTable } from '../supabase/calls.ts';

export const observedSchemas: readonly string[] = ['pgflow', 'pgmq', 'realtime', callsSchema];

export const observePgflow: readonly Query[] = [observeSchemas(observedSchemas)];

export function readPgflow([tables]: readonly QueryResult[]): Map<string, Record<string, unknown>[]> {
  return withoutSilence(readTables(tables));
}
