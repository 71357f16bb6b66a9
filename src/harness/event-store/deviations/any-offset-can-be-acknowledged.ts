import type { Deviation } from '../../contract/deviation.ts';
import { acknowledge, commands, inBoth, partition, register } from './traces.ts';

export const anyOffsetCanBeAcknowledged: Deviation = {
  id: 'any-offset-can-be-acknowledged',
  title: 'Anybody can acknowledge an offset that was never delivered.',
  documented: {
    says: 'An acknowledgement says that the event with this id and offset was processed.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "6a. Stream the events to concurrent consumers/views"; schema.sql, the comment on ack_event',
  },
  happens:
    'Any value that is given becomes last_offset. A later offset silences the partition until an event passes it. An earlier offset makes events come again. And the lock is released, whoever holds it.',
  upstream: [],
  traces: inBoth(commands(...partition(), register('-infinity'), acknowledge(999))),
};
