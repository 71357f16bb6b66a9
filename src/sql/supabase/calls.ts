/**
 * Where the stand-ins write down what they are called for: one table for all, so that the order of the calls is
 * kept. It is observed like any other table, but only while something is in it: nothing modelled calls them.
 */
import type { Query } from '../driver.ts';

/** Schema of the table, to be observed. */
export const callsSchema = 'supabase';
export const callsTable = 'supabase.calls';

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
    $$;
    create function supabase.record_change() returns trigger language plpgsql as $$
    declare
      changed jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end) - tg_argv[0:tg_nargs];
    begin
      perform supabase.record(format('%s of %s.%s', lower(tg_op), tg_table_schema, tg_table_name), changed);
      return null;
    end $$;`,
};

/** Forgets the calls, and what was broadcast, where there are stand-ins for that. */
export const resetCalls: readonly Query[] = [
  {
    expand: true,
    text: `select statement from pg_catalog.pg_namespace join (values
        ('realtime', 1, 'delete from realtime.sent'),
        ('realtime', 2, 'select setval(''realtime.sent_id_seq'', 1, false)'),
        ('supabase', 3, 'delete from supabase.calls'),
        ('supabase', 4, 'select setval(''supabase.calls_id_seq'', 1, false)')
      ) as reset (schema, position, statement) on schema = nspname
      order by position`,
  },
];

/**
 * Takes out of what was observed the table of calls where it is empty, and its sequence; and what else stand-ins keep in
 * the schemas that are observed, as its changes are among the calls. `silent` are tables of which the same holds, for an
 * engine that broadcasts nothing.
 */
export function withoutSilence<Rows extends readonly unknown[]>(
  tables: Map<string, Rows>,
  silent: readonly string[] = [],
): Map<string, Rows> {
  for (const table of [callsTable, ...silent]) {
    if (tables.get(table)?.length === 0) tables.delete(table);
    tables.delete(`${table}_id_seq`);
  }
  tables.delete('realtime.messages');
  return tables;
}
