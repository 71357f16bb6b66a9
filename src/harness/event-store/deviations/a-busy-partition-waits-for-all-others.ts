import type { Deviation } from '../../contract/deviation.ts';
import {
  append,
  commands,
  deciderId,
  inBoth,
  later,
  otherId,
  partition,
  register,
  stream,
} from './traces.ts';

export const aBusyPartitionWaitsForAllOthers: Deviation = {
  id: 'a-busy-partition-waits-for-all-others',
  title: 'Under a limit, a partition that goes on growing is read after all others.',
  documented: {
    says: 'Of partitions that can be read, events are those to be read next, in the order in which they were appended; what is not acknowledged in time comes again with the next call.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "6a. Stream the events to concurrent consumers/views"',
  },
  happens:
    'Partitions are taken in the order of their newest events, not of the events that would be read. Each event that is appended sends its partition to the back, so that with a limit a busy one is not read as long as others have something to read.',
  upstream: [],
  traces: inBoth(
    later(
      commands(...partition(), append(2, otherId), append(3, deciderId, 1), register('-infinity')),
      stream,
    ),
  ),
};
