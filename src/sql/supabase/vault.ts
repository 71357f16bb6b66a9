/** Our stand-in for Supabase's vault: secrets that are kept as they are. */
import { emptyExtension, recordChanges, type StandIn, withinStandIn } from './stand-in.ts';

export const vault: StandIn = {
  name: 'vault',
  namedBy: /\b(supabase_)?vault\b/i,
  // What is written down of a call is all but the secret.
  sql: `
    ${emptyExtension('supabase_vault')}
    create schema vault;
    create table vault.secrets (
      id uuid primary key default gen_random_uuid(),
      name text unique, description text not null default '', secret text not null, key_id uuid,
      created_at timestamptz not null default now(), updated_at timestamptz not null default now()
    );
    create view vault.decrypted_secrets as select *, secret as decrypted_secret from vault.secrets;

    create function vault.create_secret(
      new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
    ) returns uuid language sql ${withinStandIn} as $$
      select supabase.record('vault.create_secret', jsonb_build_object('new_name', new_name));
      insert into vault.secrets (secret, name, description, key_id)
      values (new_secret, new_name, new_description, new_key_id) returning id;
    $$;
    create function vault.update_secret(
      secret_id uuid, new_secret text default null, new_name text default null,
      new_description text default null, new_key_id uuid default null
    ) returns void language sql ${withinStandIn} as $$
      select supabase.record('vault.update_secret', jsonb_build_object('secret_id', secret_id, 'new_name', new_name));
      update vault.secrets set
        secret = coalesce(new_secret, secret), name = coalesce(new_name, name),
        description = coalesce(new_description, description), key_id = coalesce(new_key_id, key_id),
        updated_at = now()
      where id = secret_id;
    $$;
    ${recordChanges('vault.secrets', ['id', 'secret', 'created_at', 'updated_at'])}`,
};
