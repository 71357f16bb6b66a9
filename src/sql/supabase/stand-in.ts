/** What a stand-in is: a script of our own in place of something that Supabase brings along. */
export interface StandIn {
  /** What it stands in for. */
  readonly name: string;
  /** What a report calls it, if not by its name. */
  readonly title?: string;
  /** How SQL names that, if it does. */
  readonly namedBy: RegExp;
  readonly sql: string;
  /** What keeps it from being installed, though it is named: code that makes the thing itself. */
  readonly unless?: RegExp;
  /** Whether it records calls in place of what it stands in for. Default: it does. */
  readonly isStub?: boolean;
  /** Names of the stand-ins that its script needs. */
  readonly needs?: readonly string[];
}

/**
 * Makes `create extension` of that name succeed without touching the migration that says it. The server finds an
 * extension by two files in its share directory, and writes them itself; in the embedded one that is a directory in
 * memory. The extension is empty: what it would bring is made by the stand-in, so that it is there as well where
 * a project has switched the extension on by hand and no migration creates it.
 */
export function emptyExtension(name: string): string {
  const file = (suffix: string) =>
    `(select setting from pg_catalog.pg_config where name = 'SHAREDIR') || '/extension/${name}${suffix}'`;
  return `
    create schema if not exists extensions;
    do $$ begin
      execute format('copy (select unnest(array[%L, %L])) to %L',
        'default_version = ''1''', 'relocatable = true', ${file('.control')});
      execute format('copy (select where false) to %L', ${file('--1.sql')});
    end $$;`;
}

/**
 * Writes down what is changed in a table by hand, TRUNCATE included; the functions of the stand-in are written down as such, and run with
 * {@link withinStandIn}. `columns` left out are those that nobody gives: ids and instants, and what is secret.
 */
export const recordChanges = (table: string, leftOut: readonly string[]): string => `
    create trigger recorded after insert or update or delete on ${table} for each row
      when (current_setting('supabase.within', true) is distinct from 'on')
      execute function supabase.record_change(${leftOut.map((column) => `'${column}'`).join(', ')});
    create trigger emptied after truncate on ${table} for each statement
      when (current_setting('supabase.within', true) is distinct from 'on')
      execute function supabase.record_change();`;

/** Of a function: what it changes in the tables of its stand-in is part of the call. */
export const withinStandIn = "set supabase.within = 'on'";
