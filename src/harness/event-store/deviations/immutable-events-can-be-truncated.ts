import type { Deviation } from '../../contract/deviation.ts';
import { commands, inBoth, partition } from './traces.ts';

export const immutableEventsCanBeTruncated: Deviation = {
  id: 'immutable-events-can-be-truncated',
  title: 'Events cannot be deleted, but all of them can be truncated.',
  documented: {
    says: 'Events cannot be deleted or updated.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "2. Appending two events"; schema.sql, the comments on the rules of events',
  },
  happens:
    'Rules block DELETE and UPDATE, but not TRUNCATE. Locks still point at events that no longer exist: a view takes such a lock and gets nothing.',
  upstream: [],
  traces: inBoth(commands(...partition(), { type: 'truncate_events' })),
};
