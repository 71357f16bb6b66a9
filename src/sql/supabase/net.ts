/** Our stand-in for pg_net: a request gets its number, is written down, and goes nowhere. */
import { emptyExtension, recordChanges, type StandIn } from './stand-in.ts';

const request = (method: string, parameters: string, body: string) => `
    create function net.http_${method}(${parameters}) returns bigint language sql as $$
      select supabase.record('net.http_${method}', jsonb_build_object(
        'url', url, 'body', ${body}, 'params', params, 'headers', headers,
        'timeout_milliseconds', timeout_milliseconds));
    $$;`;

const json = `'{"Content-Type": "application/json"}'`;

export const net: StandIn = {
  name: 'net',
  namedBy: /\b(pg_)?net\b/i,
  sql: `
    ${emptyExtension('pg_net')}
    create schema net;
    create table net._http_response (
      id bigint, status_code integer, content_type text, headers jsonb, content text,
      timed_out boolean, error_msg text, created timestamptz not null default now()
    );
    ${recordChanges('net._http_response', ['id', 'created'])}
    ${request(
      'get',
      `url text, params jsonb default '{}', headers jsonb default '{}',
        timeout_milliseconds integer default 5000`,
      'null',
    )}
    ${request(
      'post',
      `url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default ${json},
        timeout_milliseconds integer default 5000`,
      'body',
    )}
    ${request(
      'delete',
      `url text, params jsonb default '{}', headers jsonb default '{}',
        timeout_milliseconds integer default 5000, body jsonb default null`,
      'body',
    )}`,
};
