/**
 * Checks of a script that is a test: those functions of pgTAP that `replay --as` uses, of our own making. A check that
 * does not hold raises `not ok`, and so does a plan that does not add up: executing a script is running its tests.
 */
export function assertionFunctions(schema: 'public' | 'pg_temp'): string {
  return `
create or replace function ${schema}.plan(tests integer) returns void language sql as $plan$
  select set_config('pgtwin.planned', tests::text, false), set_config('pgtwin.done', '0', false)
$plan$;

create or replace function ${schema}.ok() returns text language plpgsql as $ok$
declare
  done integer := current_setting('pgtwin.done')::integer + 1;
begin
  perform set_config('pgtwin.done', done::text, false);
  return 'ok ' || done;
end $ok$;

create or replace function ${schema}.finish() returns setof text language plpgsql as $finish$
begin
  if current_setting('pgtwin.done') <> current_setting('pgtwin.planned') then
    raise 'not ok: planned % tests, ran %', current_setting('pgtwin.planned'), current_setting('pgtwin.done');
  end if;
  return next 'all ' || current_setting('pgtwin.done') || ' tests passed';
end $finish$;

create or replace function ${schema}.lives_ok(query text, description text) returns text language plpgsql as $lives$
begin
  execute query;
  return ${schema}.ok();
exception when others then
  raise 'not ok: %: refused with %', description, sqlerrm;
end $lives$;

create or replace function ${schema}.throws_ok(query text, errcode char(5), errmsg text, description text) returns text
language plpgsql as $throws$
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
  return ${schema}.ok();
end $throws$;

create or replace function ${schema}.bag_eq(have text, want text, description text) returns text language plpgsql as $bag$
declare
  missing text;
  extra text;
begin
  begin
    execute 'create temporary table have as ' || have;
  exception when others then
    raise 'not ok: %: refused with %', description, sqlerrm;
  end;
  execute 'create temporary table want as ' || want;
  execute 'select string_agg(row::text, chr(10)) from (select * from want except all select * from have) as row' into missing;
  execute 'select string_agg(row::text, chr(10)) from (select * from have except all select * from want) as row' into extra;
  drop table have, want;
  if missing is not null or extra is not null then
    raise 'not ok: %: missing %, extra %', description, missing, extra;
  end if;
  return ${schema}.ok();
end $bag$;

create or replace function ${schema}.is_empty(query text, description text) returns text language plpgsql as $empty$
declare
  found text;
begin
  begin
    execute 'select string_agg(row::text, chr(10)) from (' || query || ') as row' into found;
  exception when others then
    raise 'not ok: %: refused with %', description, sqlerrm;
  end;
  if found is not null then
    raise 'not ok: %: found %', description, found;
  end if;
  return ${schema}.ok();
end $empty$;
`;
}
