/** The roles that Supabase has, for migrations that grant to them. Nothing is ever done in their name. */
import type { StandIn } from './stand-in.ts';

const names = [
  'anon',
  'authenticated',
  'service_role',
  'authenticator',
  'dashboard_user',
  'supabase_admin',
  'supabase_auth_admin',
  'supabase_storage_admin',
  'supabase_realtime_admin',
  'supabase_functions_admin',
  'supabase_replication_admin',
  'supabase_read_only_user',
  'pgsodium_keyholder',
];

export const roles: StandIn = {
  name: 'roles',
  namedBy: new RegExp(`\\b(${names.join('|')})\\b`, 'i'),
  sql: names.map((name) => `create role ${name} nologin;`).join('\n'),
};
