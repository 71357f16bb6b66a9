/**
 * Where the stand-ins write down what they are called for: one table for all, so that the order of the calls is
 * kept. It is observed like any other table, but only while something is in it: nothing modelled calls them.
 */
import type { Query } from '../driver.ts';

/** Schema of the table, to be observed. */
export const callsSchema = 'supabase';

export const calls = {
  name: 'calls of stand-ins',
  sql: `
    create schema supabase;
    create table supabase.calls (
      id bigint primary key generated always as identity,
      function text, arguments jsonb
    );
    create function supabase.record(function text, arguments jsonb) returns bigint language sql as $$
      insert into supabase.calls (function, arguments) values (record.function, record.arguments) returning id;
    $$;`,
};

/** Forgets the calls, where there are stand-ins that are called. */
export const resetCalls: readonly Query[] = [
  {
    expand: true,
    text: `select statement from pg_catalog.pg_namespace, unnest(array[
        'delete from supabase.calls', 'select setval(''supabase.calls_id_seq'', 1, false)'
      ]) with ordinality as reset (statement, position)
      where nspname = 'supabase' order by position`,
  },
];

/** Takes out of what was observed the table of calls where it is empty, and its sequence. */
export function withoutSilence<Rows extends readonly unknown[]>(
  tables: Map<string, Rows>,
): Map<string, Rows> {
  if (tables.get('supabase.calls')?.length === 0) tables.delete('supabase.calls');
  tables.delete('supabase.calls_id_seq');
  return tables;
}
