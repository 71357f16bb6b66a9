/**
 * A stand-in for dblink: connections are rows of a table, and a statement that is sent over one ends when the caller says so, with
 * the outcome that the caller says. Nothing is executed in the background.
 */

/** Where the connections are. */
export const background = 'background';

/**
 * The functions of dblink that are called, and a row in the list of extensions: the SQL asks for one. What is sent over the connection
 * of the orchestrator itself (a line of the log, a latch) is done at once; a latch is ready when it is asked for.
 */
export const standInForDblink = {
  name: 'stand-in for dblink',
  sql: `
    create schema ${background};
    create table ${background}.connections (
      name text primary key,
      is_busy boolean not null default false,
      -- Null: nothing was sent, or it has not ended. OK, or how it failed.
      outcome text);

    insert into pg_catalog.pg_extension
      (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    select 99999, 'dblink', 10, 2200, true, '1.2'
    where not exists (select from pg_catalog.pg_extension where extname = 'dblink');

    create function public.dblink_connect(connname text, connstr text) returns text strict language plpgsql as $$
    begin
      insert into ${background}.connections (name) values (connname);
      return 'OK';
    exception when unique_violation then
      raise exception using errcode = '42710', message = 'duplicate connection name';
    end $$;

    create function public.dblink_disconnect(connname text) returns text strict language plpgsql as $$
    begin
      delete from ${background}.connections where name = connname;
      if not found then
        raise exception using errcode = '08003', message = format('connection "%s" not available', connname);
      end if;
      return 'OK';
    end $$;

    -- Null where there is none, as dblink's.
    create function public.dblink_get_connections() returns text[] language sql as $$
      select array_agg(name order by name) from ${background}.connections
    $$;

    create function public.dblink_send_query(connname text, sql text) returns integer strict language plpgsql as $$
    begin
      -- Tables that are swept are swept at once.
      update ${background}.connections
      set is_busy = sql not like 'VACUUM%', outcome = case when sql like 'VACUUM%' then 'OK' end
      where name = connname;
      if not found then
        raise exception using errcode = '08003', message = format('connection "%s" not available', connname);
      end if;
      return 1;
    end $$;

    create function public.dblink_is_busy(connname text) returns integer strict language plpgsql as $$
    declare
      found_busy boolean;
    begin
      select is_busy into found_busy from ${background}.connections where name = connname;
      if not found then
        raise exception using errcode = '08003', message = format('connection "%s" not available', connname);
      end if;
      return found_busy::integer;
    end $$;

    create function public.dblink_cancel_query(connname text) returns text strict language plpgsql as $$
    begin
      update ${background}.connections set is_busy = false, outcome = 'canceling statement due to user request'
      where name = connname;
      return 'OK';
    end $$;

    create function public.dblink_get_result(connname text, fail boolean default true)
    returns setof record strict language plpgsql as $$
    declare
      ended record;
    begin
      select * into ended from ${background}.connections where name = connname;
      if not found then
        raise exception using errcode = '08003', message = format('connection "%s" not available', connname);
      end if;
      return;
    end $$;

    create function public.dblink_error_message(connname text) returns text strict language sql as $$
      select coalesce(outcome, 'OK') from ${background}.connections where name = connname
    $$;

    create function public.dblink_exec(connstr text, sql text) returns text strict language sql as $$ select 'OK' $$;

    -- Not strict: the orchestrator's own connection has no name where nobody configured one, and is there all the same.
    create function public.dblink(connname text, sql text) returns setof record language plpgsql as $$
    begin
      if sql like 'INSERT INTO async.request_latch%' then
        return query execute 'insert into async.request_latch (ready) values (now()) returning request_latch_id';
        return;
      end if;
      if not exists (select from ${background}.connections where name = connname) then
        raise exception using errcode = '08003', message = format('could not establish connection');
      end if;
      return query select 0;
    end $$;`,
};
