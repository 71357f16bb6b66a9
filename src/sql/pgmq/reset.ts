/** Drops every queue at once, those included that the list of queues has forgotten, but not what a project made for itself. */
import type { Query } from '../driver.ts';
import { isDropped } from './own-queues.ts';

export const dropQueues: readonly Query[] = [
  {
    expand: true,
    text: `select 'drop table ' || string_agg(format('pgmq.%I', relname), ', ')
      from pg_catalog.pg_class
      where ${isDropped}
      having count(*) > 0`,
  },
  // Of a queue that is still there, its row is as well.
  { text: `delete from pgmq.meta where to_regclass(format('pgmq.%I', 'q_' || lower(queue_name))) is null` },
];
