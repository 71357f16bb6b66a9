import type { Deviation } from '../../contract/deviation.ts';
import { commands, inBoth, partition, register, stream } from './traces.ts';

export const anEventCannotBeReadInTheInstantItIsFree: Deviation = {
  id: 'an-event-cannot-be-read-in-the-instant-it-is-free',
  title: 'In the instant in which a partition is unlocked, or gets its first event, it cannot be read.',
  documented: {
    says: 'Acknowledging, or not acknowledging, unlocks the partition for further reading; a lock that was never taken is over a millisecond before it is made.',
    where:
      'fraktalio/fstore-sql at 630a2ed, schema.sql, the comments on ack_event and nack_event, and the default of locks.locked_until',
  },
  happens:
    'The triggers write NOW() over that default, and a lock has to end before NOW(): within one transaction, or one tick of the clock, whatever was appended, acknowledged or given back is not there yet.',
  upstream: [],
  traces: inBoth(commands(...partition(), register('-infinity'), stream)),
};
