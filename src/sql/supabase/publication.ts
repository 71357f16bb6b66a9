/**
 * The publication that Supabase listens to. Nobody subscribes to it here, but a table in it has to have an identity for its
 * rows to be updated or deleted, as anywhere.
 */
import type { StandIn } from './stand-in.ts';

export const publication: StandIn = {
  name: 'publication supabase_realtime',
  namedBy: /\bsupabase_realtime\b/i,
  sql: 'create publication supabase_realtime;',
};
