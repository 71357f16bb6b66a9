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
  title: 'With a limit, a busy partition is read after all others.',
  documented: {
    says: 'Among the partitions that can be read, events are read in the order in which they were appended. If an event is not acknowledged in time, the next call returns it again.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "6a. Stream the events to concurrent consumers/views"',
  },
  happens:
    'Partitions are read in the order of their newest events, not of the events that would be read next. Each append moves its partition to the end. So with a limit, a busy partition is not read while others have something to read.',
  upstream: [],
  traces: inBoth(
    later(
      commands(...partition(), append(2, otherId), append(3, deciderId, 1), register('-infinity')),
      stream,
    ),
  ),
};
