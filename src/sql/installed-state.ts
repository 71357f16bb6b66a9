/**
 * What a project's own SQL leaves behind when it is installed: rows and sequences that no engine knows. They are
 * remembered once, at the end of the installation, and come back with every reset.
 */
import type { Query } from './driver.ts';

/** Where they are remembered, and what was not installed is noted. No engine looks there. */
const home = 'pgtwin';

/**
 * The last script of an installation. `forgotten` is a condition on `pg_class` for tables that the reset of the engine
 * drops.
 */
export const rememberInstalled = (forgotten = 'false') => ({
  name: 'state just after installing',
  sql: `
    create schema if not exists ${home};
    create table ${home}.tables (position integer primary key generated always as identity,
      name text not null, copy text, columns text);
    create table ${home}.sequences (name text not null, last_value bigint not null, is_called boolean not null);

    do $$
    declare
      found record;
      number integer;
      is_filled boolean;
    begin
      for found in
        select pg_class.oid, relkind, format('%I.%I', nspname, relname) as name
        from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'S') and relpersistence <> 't'
          and nspname !~ '^pg_' and nspname not in ('information_schema', '${home}') and not (${forgotten})
        order by nspname, relname
      loop
        if found.relkind = 'S' then
          execute format('insert into ${home}.sequences select %L, last_value, is_called from %s', found.name, found.name);
          continue;
        end if;
        insert into ${home}.tables (name) values (found.name) returning position into number;
        execute format('select exists (select from %s)', found.name) into is_filled;
        if not is_filled then continue; end if;
        execute format('create table ${home}.copy_%s as table %s', number, found.name);
        update ${home}.tables
        set copy = format('${home}.copy_%s', number), columns = (
          select string_agg(quote_ident(attname), ', ' order by attnum) from pg_catalog.pg_attribute
          where attrelid = found.oid and attnum > 0 and not attisdropped and attgenerated = '')
        where position = number;
      end loop;
    end $$;

    create function ${home}.restore() returns void language plpgsql as $$
    declare
      kept record;
    begin
      -- A table that came since is what somebody did in a trace. The engine drops its own.
      for kept in
        select format('%I.%I', nspname, relname) as name
        from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
        where relkind = 'r' and relpersistence <> 't'
          and nspname !~ '^pg_' and nspname not in ('information_schema', '${home}') and not (${forgotten})
          and format('%I.%I', nspname, relname) not in (select name from ${home}.tables)
      loop
        execute format('drop table if exists %s cascade', kept.name);
      end loop;
      for kept in select * from ${home}.tables order by position loop
        begin
          execute 'delete from ' || kept.name;
        exception when object_not_in_prerequisite_state then
          -- It is published, and its rows cannot be told apart.
          execute 'truncate ' || kept.name;
        end;
        if kept.copy is not null then
          execute format('insert into %s (%s) overriding system value select %s from %s',
            kept.name, kept.columns, kept.columns, kept.copy);
        end if;
      end loop;
      -- Views that hold rows are as they would be of these.
      for kept in
        select format('%I.%I', nspname, relname) as name
        from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
        where relkind = 'm' and relispopulated and nspname !~ '^pg_'
        order by pg_class.oid
      loop
        begin
          execute 'refresh materialized view ' || kept.name;
        exception when others then
          raise exception using errcode = sqlstate, message =
            format('the materialized view %s cannot be refreshed: %s', kept.name, sqlerrm);
        end;
      end loop;
      perform setval(to_regclass(name), last_value, is_called) from ${home}.sequences
      where to_regclass(name) is not null;
    end $$;`,
});

/** Rules and triggers are for ordinary sessions: one that replays what another did passes them by. */
const replica = 'set session_replication_role = replica';
const origin = 'set session_replication_role = origin';

/**
 * Brings it all back, where there is something to bring back, and makes the session one that replays: no trigger of the
 * project's takes part in a reset. Before the engine's own statements, which know what its tables and sequences start
 * with; {@link endOfReset} is behind them. Elsewhere the role stays as it is, since with each change of it the
 * server plans every statement anew.
 */
export const restoreInstalled: Query = {
  expand: true,
  text: `select statement from pg_catalog.pg_namespace,
      unnest(array['${replica}', 'select ${home}.restore()']) with ordinality as step (statement, position)
    where nspname = '${home}' order by position`,
};

/** A query whose rows are the statement that ends a reset, where {@link restoreInstalled} has begun one. */
export const endOfReset = `select '${origin}' from pg_catalog.pg_namespace where nspname = '${home}'`;

export const asReplica: Query = { text: replica };
export const asOrigin: Query = { text: origin };
