/** What is read back of a database for an event store: its tables, and what it told the world outside. */
import type { Query, QueryResult } from '../driver.ts';
import { observeSchemas, readTables } from '../observe.ts';
import { callsSchema, withoutSilence } from '../supabase/calls.ts';

export { callsTable } from '../supabase/calls.ts';

export const observedSchemas: readonly string[] = ['public', 'realtime', callsSchema];

export const observeEventStore: readonly Query[] = [observeSchemas(observedSchemas)];

/** An event store broadcasts nothing, so that is there only if a project's SQL did. */
export const readEventStore = ([tables]: readonly QueryResult[]): Map<string, Record<string, unknown>[]> =>
  withoutSilence(readTables(tables), ['realtime.sent']);
