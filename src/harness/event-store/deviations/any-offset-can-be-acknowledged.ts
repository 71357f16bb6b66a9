import type { Deviation } from '../../contract/deviation.ts';
import { acknowledge, commands, inBoth, partition, register } from './traces.ts';

export const anyOffsetCanBeAcknowledged: Deviation = {
  id: 'any-offset-can-be-acknowledged',
  title: 'An offset that was never handed out can be acknowledged, by anybody.',
  documented: {
    says: 'An acknowledgement says that the event with this id and offset was processed.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "6a. Stream the events to concurrent consumers/views"; schema.sql, the comment on ack_event',
  },
  happens:
    'Whatever is given becomes last_offset. A later one silences the partition until an event goes beyond it, an earlier one has events delivered again; and the lock is given back whoever holds it.',
  upstream: [],
  traces: inBoth(commands(...partition(), register('-infinity'), acknowledge(999))),
};
