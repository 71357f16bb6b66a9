/** An event store in SQL: our own schema, with the tables, the functions and the behaviour of the one it stands for. */

import type { IdType } from '../../model/event-store/ids.ts';

/** The later schema, whose deciders have text as ids, also notes the transaction of each event. */
export const schemaOf = (id: IdType): string => `
-- What happened. A kind of event is registered before the first of that kind is appended.

create table deciders (
  decider text not null,
  event text not null,
  event_version bigint not null default 1,
  description text not null,
  primary key (decider, event, event_version)
);

create table events (
  event text not null,
  event_id uuid not null unique,
  event_version bigint not null default 1,
  decider text not null,
  decider_id ${id} not null,
  data jsonb not null,
  command_id uuid not null,
  previous_id uuid unique,
  final boolean not null default false,
  created_at timestamptz not null default now(),
  "offset" bigserial primary key${id === 'text' ? ',\n  transaction_id xid8 not null default pg_current_xact_id()' : ''},
  foreign key (decider, event, event_version) references deciders
);

create index events_by_stream on events (decider_id, decider);
create index events_by_partition on events (decider_id, "offset");

create rule deciders_stay as on update to deciders do instead nothing;
create rule deciders_remain as on delete to deciders do instead nothing;
create rule events_stay as on update to events do instead nothing;
create rule events_remain as on delete to events do instead nothing;

create function guard_stream() returns trigger language plpgsql as $body$
begin
  if exists (
    select from events
    where events.decider_id = new.decider_id and events.decider = new.decider and events.final
  ) then
    raise exception 'last event for this decider stream is already final. the stream is closed, you can not append events to it.';
  end if;

  if new.previous_id is null then
    if exists (
      select from events where events.decider_id = new.decider_id and events.decider = new.decider
    ) then
      raise exception 'previous_id can only be null for the first decider event';
    end if;
  elsif not exists (
    select from events
    where events.event_id = new.previous_id
      and events.decider_id = new.decider_id and events.decider = new.decider
  ) then
    raise exception 'previous_id must be in the same decider';
  end if;
  return new;
end
$body$;

create trigger guard_stream before insert on events for each row execute function guard_stream();

-- Who reads it. A partition is what has the same decider_id; a view has a lock for each of them.

create table views (
  view text primary key,
  start_at timestamp not null default now(),
  lock_timeout_s bigint not null default 300,
  pooling_delay_s bigint,
  edge_function_url text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table locks (
  view text not null references views on delete cascade,
  decider_id ${id} not null,
  "offset" bigint not null,
  last_offset bigint not null,
  locked_until timestamptz not null default now() - interval '1 millisecond',
  offset_final boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (view, decider_id)
);

create index locks_to_take on locks (view, locked_until, last_offset);

create function note_change() returns trigger language plpgsql as $body$
begin
  new.updated_at := now();
  return new;
end
$body$;

create trigger note_change before update on views for each row execute function note_change();
create trigger note_change before update on locks for each row execute function note_change();

create function tell_views() returns trigger language plpgsql as $body$
begin
  insert into locks (view, decider_id, "offset", last_offset, locked_until, offset_final)
  select views.view, new.decider_id, new."offset", 0, now(), new.final
  from views
  on conflict (view, decider_id) do update
  set "offset" = excluded."offset", offset_final = excluded.offset_final;
  return null;
end
$body$;

create trigger tell_views after insert on events for each row execute function tell_views();

create function lock_partitions() returns trigger language plpgsql as $body$
begin
  insert into locks (view, decider_id, "offset", last_offset, locked_until, offset_final)
  select new.view, newest.decider_id, newest."offset",
    coalesce(
      (select min(wanted."offset") - 1 from events as wanted
       where wanted.decider_id = newest.decider_id and wanted.created_at >= new.start_at),
      newest."offset"
    ),
    now(), newest.final
  from events as newest
  where not exists (
    select from events as newer
    where newer.decider_id = newest.decider_id and newer."offset" > newest."offset"
  )
  on conflict (view, decider_id) do update
  set "offset" = excluded."offset", last_offset = excluded.last_offset, offset_final = excluded.offset_final;
  return null;
end
$body$;

create trigger lock_partitions after insert or update on views for each row execute function lock_partitions();

-- What a client calls.

create function register_decider_event(
  v_decider text, v_event text, v_description text, v_event_version bigint default 1
) returns setof deciders language sql as $body$
  insert into deciders (decider, event, description, event_version)
  values (v_decider, v_event, v_description, v_event_version)
  returning *
$body$;

create function append_event(
  v_event text, v_event_id uuid, v_decider text, v_decider_id ${id}, v_data jsonb,
  v_command_id uuid, v_previous_id uuid, v_event_version bigint default 1
) returns setof events language sql as $body$
  insert into events (event, event_version, event_id, decider, decider_id, data, command_id, previous_id)
  values (v_event, v_event_version, v_event_id, v_decider, v_decider_id, v_data, v_command_id, v_previous_id)
  returning *
$body$;

create function get_events(v_decider_id ${id}, v_decider text) returns setof events language sql as $body$
  select * from events where decider = v_decider and decider_id = v_decider_id order by "offset"
$body$;

create function get_last_event(v_decider_id ${id}, v_decider text) returns setof events language sql as $body$
  select * from events where decider_id = v_decider_id order by "offset" desc limit 1
$body$;

create function register_view(
  v_view text, v_start_at timestamp default now(), v_lock_timeout_s bigint default 300,
  v_pooling_delay_s bigint default null, v_edge_function_url text default null
) returns setof views language sql as $body$
  insert into views (view, start_at, lock_timeout_s, pooling_delay_s, edge_function_url)
  values (v_view, v_start_at, v_lock_timeout_s, v_pooling_delay_s, v_edge_function_url)
  on conflict (view) do update
  set start_at = excluded.start_at, lock_timeout_s = excluded.lock_timeout_s,
    pooling_delay_s = excluded.pooling_delay_s, edge_function_url = excluded.edge_function_url
  returning *
$body$;

create function stream_events(
  v_view_name text, v_limit integer default 1, v_seconds integer default 300
) returns setof events language sql as $body$
  with free as (
    select view, decider_id, last_offset
    from locks
    where view = v_view_name and locked_until < now() and last_offset < "offset"
    order by "offset"
    limit v_limit
    for update skip locked
  ), taken as (
    update locks
    set locked_until = now() + make_interval(secs => v_seconds)
    from free
    where locks.view = free.view and locks.decider_id = free.decider_id
    returning free.decider_id, free.last_offset
  )
  select next.*
  from taken
  cross join lateral (
    select * from events
    where events.decider_id = taken.decider_id and events."offset" > taken.last_offset
    order by events."offset"
    limit 1
  ) as next
  order by next."offset"
$body$;

create function ack_event(v_view text, v_decider_id ${id}, v_offset bigint)
returns setof locks language sql as $body$
  update locks
  set last_offset = v_offset, locked_until = now()
  where view = v_view and decider_id = v_decider_id
  returning *
$body$;

create function nack_event(v_view text, v_decider_id ${id}) returns setof locks language sql as $body$
  update locks set locked_until = now() where view = v_view and decider_id = v_decider_id returning *
$body$;

create function schedule_nack_event(v_view text, v_decider_id ${id}, v_milliseconds bigint)
returns setof locks language sql as $body$
  update locks
  set locked_until = now() + (v_milliseconds || ' milliseconds')::interval
  where view = v_view and decider_id = v_decider_id
  returning *
$body$;
`;
