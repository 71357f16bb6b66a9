/** Our stand-in for Supabase's auth: its users as rows, and for policies the claims of a request, or nobody. */
import { recordChanges, type StandIn } from './stand-in.ts';

export const auth: StandIn = {
  name: 'auth',
  namedBy: /\bauth"?\s*\./i,
  sql: `
    create schema auth;
    create function auth.jwt() returns jsonb language sql stable as $$
      select nullif(current_setting('request.jwt.claims', true), '')::jsonb;
    $$;
    create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid; $$;
    create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role'; $$;
    create function auth.email() returns text language sql stable as $$ select auth.jwt() ->> 'email'; $$;
    create table auth.users (
      id uuid primary key, aud text, role text, email text, phone text,
      raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_anonymous boolean not null default false,
      email_confirmed_at timestamptz, last_sign_in_at timestamptz, created_at timestamptz, updated_at timestamptz
    );
    ${recordChanges('auth.users', [])}`,
};
