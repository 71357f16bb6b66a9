import type { Deviation } from '../../contract/deviation.ts';
import { append, commands, deciderId, inBoth, kind, later, register, stream } from './traces.ts';

export const startAtDoesNotHoldForLaterPartitions: Deviation = {
  id: 'start-at-does-not-hold-for-later-partitions',
  title: 'A view reads events from before its start_at if their partition is newer than the view.',
  documented: {
    says: 'A view reads events that were created after its start_at.',
    where:
      'fraktalio/fstore-sql at 630a2ed, schema.sql, the comment on register_view; README.md, "4. Registering a (materialized) view"',
  },
  happens:
    'start_at is used when the view is registered, for the partitions that exist then. A later partition is read from its first event.',
  upstream: [],
  traces: inBoth(later(commands(kind(), register('2031-01-01 00:00:00'), append(1, deciderId)), stream)),
};
