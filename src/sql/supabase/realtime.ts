/**
 * Our stand-in for what Supabase calls realtime: a `send` that writes down what it was asked to broadcast.
 * The order of the rows is the order of the calls.
 */
import { recordChanges, type StandIn } from './stand-in.ts';

export const realtime: StandIn = {
  name: 'realtime',
  namedBy: /\brealtime\b/i,
  sql: `
    create schema realtime;
    create table realtime.sent (
      id bigint primary key generated always as identity,
      payload jsonb, event text, topic text, private boolean
    );
    create function realtime.send(payload jsonb, event text, topic text, private boolean default true)
    returns void language sql as $$
      insert into realtime.sent (payload, event, topic, private)
      values (send.payload, send.event, send.topic, send.private);
    $$;`,
};

/** What triggers and policies of projects use of it, beyond what the engines call. */
export const realtimeMessages: StandIn = {
  name: 'realtime.messages',
  namedBy: /\brealtime"?\s*\.\s*"?(messages|topic|broadcast_changes)\b/i,
  needs: ['realtime'],
  sql: `
    create table realtime.messages (
      id uuid primary key default gen_random_uuid(),
      topic text not null, extension text not null, payload jsonb, event text, private boolean default false,
      updated_at timestamp not null default now(), inserted_at timestamp not null default now()
    );
    alter table realtime.messages enable row level security;
    create function realtime.topic() returns text language sql stable as $$
      select nullif(current_setting('realtime.topic', true), '');
    $$;
    create function realtime.broadcast_changes(
      topic_name text, event_name text, operation text, table_name text, table_schema text,
      new record, old record, level text default 'ROW'
    ) returns void language plpgsql as $$
    begin
      if level = 'STATEMENT' then
        raise exception 'function can only be triggered for each row, not for each statement';
      end if;
      perform realtime.send(
        jsonb_build_object('operation', operation, 'table', table_name, 'schema', table_schema,
          'record', to_jsonb(new), 'old_record', to_jsonb(old)),
        event_name, topic_name);
    end $$;
    ${recordChanges('realtime.messages', ['id', 'updated_at', 'inserted_at'])}`,
};
