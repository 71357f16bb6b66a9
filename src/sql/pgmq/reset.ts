/** Drops every queue at once, those included that the list of queues has forgotten, but not what a project made for itself. */
import type { Query } from '../driver.ts';
import { isDropped, isOfProject } from './own-queues.ts';

/** `last` is a query whose rows are statements to be executed behind that. */
export const droppingQueues = (last?: string): readonly Query[] => [
  { text: `delete from pgmq.meta where not (${isOfProject})` },
  {
    expand: true,
    text: `select 'drop table ' || string_agg(format('pgmq.%I', relname), ', ')
      from pg_catalog.pg_class
      where ${isDropped}
      having count(*) > 0
      ${last === undefined ? '' : `union all ${last}`}`,
  },
];

export const dropQueues = droppingQueues();
