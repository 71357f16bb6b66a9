import type { Deviation } from '../../contract/deviation.ts';
import { commands, inBoth, later, partition, register, stream } from './traces.ts';

export const theLockTimeoutOfAViewIsNeverUsed: Deviation = {
  id: 'the-lock-timeout-of-a-view-is-never-used',
  title: 'The lock timeout that a view is registered with has no effect.',
  documented: {
    says: 'Events are locked for as long as the view is configured to, and come again when that is over.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "4. Registering a (materialized) view" and "6a. Stream the events to concurrent consumers/views"',
  },
  happens:
    'stream_events locks for the seconds that it is given, and for 300 unless it is given any; nothing reads lock_timeout_s.',
  upstream: [],
  traces: inBoth(later(commands(...partition(), { ...register('-infinity'), v_lock_timeout_s: 5 }), stream)),
};
