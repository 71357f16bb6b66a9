/** Our stand-in for the trigger behind a webhook of Supabase: the request is written down, and goes nowhere. */
import type { StandIn } from './stand-in.ts';

export const functions: StandIn = {
  name: 'supabase_functions',
  namedBy: /\bsupabase_functions\b/i,
  // Arguments of a trigger are text: url, method, headers, params, milliseconds. A GET has no body.
  sql: `
    create schema supabase_functions;
    create function supabase_functions.http_request() returns trigger language plpgsql as $$
    declare
      url text := nullif(nullif(tg_argv[0], ''), 'null');
      method text := nullif(nullif(tg_argv[1], ''), 'null');
    begin
      if url is null then raise exception 'url argument is missing'; end if;
      if method is null then raise exception 'method argument is missing'; end if;
      if method not in ('GET', 'POST') then raise exception 'method argument % is invalid', method; end if;
      perform supabase.record('supabase_functions.http_request', jsonb_build_object(
        'url', url, 'method', method,
        'headers', coalesce(nullif(tg_argv[2], 'null'), '{"Content-Type": "application/json"}')::jsonb,
        'params', coalesce(nullif(tg_argv[3], 'null'), '{}')::jsonb,
        'timeout_milliseconds', coalesce(nullif(tg_argv[4], 'null'), '1000')::integer,
        'body', case when method = 'POST' then jsonb_build_object(
          'type', tg_op, 'schema', tg_table_schema, 'table', tg_table_name,
          'record', to_jsonb(new), 'old_record', to_jsonb(old)) end));
      return coalesce(new, old);
    end $$;`,
};
