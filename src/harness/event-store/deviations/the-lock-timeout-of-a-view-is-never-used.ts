import type { Deviation } from '../../contract/deviation.ts';
import { commands, inBoth, later, partition, register, stream } from './traces.ts';

export const theLockTimeoutOfAViewIsNeverUsed: Deviation = {
  id: 'the-lock-timeout-of-a-view-is-never-used',
  title: 'The lock timeout of a view has no effect.',
  documented: {
    says: 'Events are locked for the time that the view configures, and come again after it.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "4. Registering a (materialized) view" and "6a. Stream the events to concurrent consumers/views"',
  },
  happens:
    'stream_events locks for the seconds in its parameter, 300 by default. Nothing reads lock_timeout_s.',
  upstream: [],
  traces: inBoth(later(commands(...partition(), { ...register('-infinity'), v_lock_timeout_s: 5 }), stream)),
};
