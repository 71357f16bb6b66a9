/** The columns that the model knows, in each table. */
import type { IdType } from '../../model/event-store/ids.ts';

const columns = {
  'public.deciders': ['decider', 'event', 'event_version', 'description'],
  'public.events': [
    ...['event', 'event_id', 'event_version', 'decider', 'decider_id', 'data', 'command_id'],
    ...['previous_id', 'final', 'created_at', 'offset'],
  ],
  'public.locks': [
    ...['view', 'decider_id', 'offset', 'last_offset', 'locked_until', 'offset_final'],
    ...['created_at', 'updated_at'],
  ],
  'public.views': [
    ...['view', 'start_at', 'lock_timeout_s', 'pooling_delay_s', 'edge_function_url'],
    ...['created_at', 'updated_at'],
  ],
};

export const columnsOf = (id: IdType) =>
  id === 'uuid' ? columns : { ...columns, 'public.events': [...columns['public.events'], 'transaction_id'] };
