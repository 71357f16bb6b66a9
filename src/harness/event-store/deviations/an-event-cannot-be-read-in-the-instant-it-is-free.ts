import type { Deviation } from '../../contract/deviation.ts';
import { commands, inBoth, partition, register, stream } from './traces.ts';

export const anEventCannotBeReadInTheInstantItIsFree: Deviation = {
  id: 'an-event-cannot-be-read-in-the-instant-it-is-free',
  title: 'A partition cannot be read in the instant in which it is unlocked or gets its first event.',
  documented: {
    says: 'Acknowledging an event, or giving it back, unlocks the partition for further reading. A lock that was never taken ends a millisecond before it is created.',
    where:
      'fraktalio/fstore-sql at 630a2ed, schema.sql, the comments on ack_event and nack_event, and the default of locks.locked_until',
  },
  happens:
    'The triggers overwrite that default with NOW(), and a lock has to end before NOW(). So within one transaction, or one tick of the clock, a reader does not see what was appended, acknowledged or given back.',
  upstream: [],
  traces: inBoth(commands(...partition(), register('-infinity'), stream)),
};
