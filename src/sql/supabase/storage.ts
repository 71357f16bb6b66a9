/** Our stand-in for Supabase's storage: buckets and objects as rows, without any file. */
import { recordChanges, type StandIn } from './stand-in.ts';

const instants = ['created_at', 'updated_at', 'last_accessed_at'];

export const storage: StandIn = {
  name: 'storage',
  namedBy: /\bstorage"?\s*\./i,
  sql: `
    create schema storage;
    create table storage.buckets (
      id text primary key, name text not null unique, owner uuid, owner_id text,
      public boolean default false, avif_autodetection boolean default false,
      file_size_limit bigint, allowed_mime_types text[],
      created_at timestamptz default now(), updated_at timestamptz default now()
    );
    create table storage.objects (
      id uuid primary key default gen_random_uuid(),
      bucket_id text references storage.buckets, name text, owner uuid, owner_id text,
      metadata jsonb, user_metadata jsonb, version text,
      path_tokens text[] generated always as (string_to_array(name, '/')) stored,
      created_at timestamptz default now(), updated_at timestamptz default now(),
      last_accessed_at timestamptz default now(),
      unique (bucket_id, name)
    );
    alter table storage.buckets enable row level security;
    alter table storage.objects enable row level security;
    create function storage.foldername(name text) returns text[] language sql immutable as $$
      select trim_array(string_to_array(name, '/'), 1);
    $$;
    create function storage.filename(name text) returns text language sql immutable as $$
      select split_part(name, '/', -1);
    $$;
    create function storage.extension(name text) returns text language sql immutable as $$
      select split_part(storage.filename(name), '.', -1);
    $$;
    ${recordChanges('storage.buckets', instants)}
    ${recordChanges('storage.objects', ['id', ...instants])}`,
};
