/** Back to a database just after installing. */
import type { Query } from '../driver.ts';
import { asOrigin, asReplica, restoreInstalled } from '../installed-state.ts';

/** The rules keep events from being deleted, and TRUNCATE takes ten times as long. */
export const resetEventStore: readonly Query[] = [
  asReplica,
  restoreInstalled,
  ...['events', 'deciders', 'locks', 'views'].map((table) => ({ text: `delete from public.${table}` })),
  asOrigin,
  { text: "select setval('public.events_offset_seq', 1, false)" },
];
