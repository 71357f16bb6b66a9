/**
 * The few functions of pgTAP that `replay --as pgtap` uses, which no build for the embedded Postgres has. A test that
 * does not hold raises, and so does a plan that does not add up: executing a script is running its tests.
 */
export const pgtap = `
  create function plan(tests integer) returns void language sql as
    $$ select set_config('pgtap.planned', tests::text, false), set_config('pgtap.done', '0', false) $$;

  create function ran() returns text language sql as
    $$ select set_config('pgtap.done', (current_setting('pgtap.done')::integer + 1)::text, false) $$;

  create function finish() returns setof text language plpgsql as $$
  begin
    if current_setting('pgtap.done') <> current_setting('pgtap.planned') then
      raise 'planned % tests, ran %', current_setting('pgtap.planned'), current_setting('pgtap.done');
    end if;
  end $$;

  create function lives_ok(query text, description text) returns text language plpgsql as $$
  begin
    execute query;
    return ran();
  end $$;

  create function throws_ok(query text, errcode char(5), errmsg text, description text) returns text
  language plpgsql as $$
  declare
    found_code text;
    found_message text;
  begin
    begin
      execute query;
    exception when others then
      get stacked diagnostics found_code = returned_sqlstate, found_message = message_text;
    end;
    if found_code is null or found_code <> coalesce(errcode, found_code) or found_message <> coalesce(errmsg, found_message) then
      raise 'not ok: %: wanted % (%), got % (%)', description, errcode, errmsg, found_code, found_message;
    end if;
    return ran();
  end $$;

  create function bag_eq(have text, want text, description text) returns text language plpgsql as $$
  declare
    missing text;
    extra text;
  begin
    execute 'create temporary table have as ' || have;
    execute 'create temporary table want as ' || want;
    execute 'select string_agg(row::text, chr(10)) from (select * from want except all select * from have) as row' into missing;
    execute 'select string_agg(row::text, chr(10)) from (select * from have except all select * from want) as row' into extra;
    drop table have, want;
    if missing is not null or extra is not null then
      raise 'not ok: %: missing %, extra %', description, missing, extra;
    end if;
    return ran();
  end $$;

  create function is_empty(query text, description text) returns text language plpgsql as $$
  declare
    found text;
  begin
    execute 'select string_agg(row::text, chr(10)) from (' || query || ') as row' into found;
    if found is not null then
      raise 'not ok: %: found %', description, found;
    end if;
    return ran();
  end $$;
`;
