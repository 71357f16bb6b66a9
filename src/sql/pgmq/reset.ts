/** Drops every queue at once, those included that the list of queues has forgotten. */
import type { Query } from '../driver.ts';

export const dropQueues: readonly Query[] = [
  {
    expand: true,
    text: `select 'drop table ' || string_agg(format('pgmq.%I', relname), ', ')
      from pg_catalog.pg_class
      where relnamespace = 'pgmq'::regnamespace and relkind = 'r' and relname ~ '^[qa]_'
      having count(*) > 0`,
  },
  { text: 'delete from pgmq.meta' },
];
