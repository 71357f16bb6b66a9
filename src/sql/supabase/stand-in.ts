/** What a stand-in is: a script of our own in place of something that Supabase brings along. */
export interface StandIn {
  /** What it stands in for. */
  readonly name: string;
  /** How a migration names that, if it does. */
  readonly namedBy: RegExp;
  readonly sql: string;
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
