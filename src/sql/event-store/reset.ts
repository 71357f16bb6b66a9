/** Back to a database just after installing. */
import type { Query } from '../driver.ts';

/**
 * The rules keep events from being deleted, and TRUNCATE takes ten times as long. Rules and triggers are for
 * ordinary sessions: one that replays what another did passes them by.
 */
export const resetEventStore: readonly Query[] = [
  { text: 'set session_replication_role = replica' },
  ...['events', 'deciders', 'locks', 'views'].map((table) => ({ text: `delete from public.${table}` })),
  { text: 'set session_replication_role = origin' },
  { text: "select setval('public.events_offset_seq', 1, false)" },
];
