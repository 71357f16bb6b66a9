/** Our stand-in for Supabase's auth, as far as policies ask it who is there: the claims of a request, or nobody. */
import type { StandIn } from './stand-in.ts';

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
    create function auth.email() returns text language sql stable as $$ select auth.jwt() ->> 'email'; $$;`,
};
