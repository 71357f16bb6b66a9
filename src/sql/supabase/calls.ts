/**
 * Where the stand-ins write down what they are called for: one table for all, so that the order of the calls is
 * kept. It is observed like any other table, but only while something is in it: nothing modelled calls them.
 */

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
      changed jsonb := '{}';
    begin
      if tg_op <> 'TRUNCATE' then
        changed := to_jsonb(case when tg_op = 'DELETE' then old else new end) - tg_argv[0:tg_nargs];
      end if;
      perform supabase.record(format('%s of %s.%s', lower(tg_op), tg_table_schema, tg_table_name), changed);
      return null;
    end $$;`,
};

/** At the end of an installation: what was called and broadcast until then is no part of what a trace starts with. */
export const forgetCalls = {
  name: 'calls of the installation',
  sql: `
    do $$ begin
      if to_regclass('supabase.calls') is not null then truncate supabase.calls restart identity; end if;
      if to_regclass('realtime.sent') is not null then truncate realtime.sent restart identity; end if;
    end $$;`,
};

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
