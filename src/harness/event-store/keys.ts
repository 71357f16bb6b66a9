/** What identifies a row of each table. */
const keys: Readonly<Record<string, readonly string[]>> = {
  'public.deciders': ['decider', 'event', 'event_version'],
  'public.events': ['offset'],
  'public.views': ['view'],
  'public.locks': ['view', 'decider_id'],
};

export const keyOf = (table: string): readonly string[] => keys[table] ?? [];
