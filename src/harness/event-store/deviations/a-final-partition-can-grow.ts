import type { Deviation } from '../../contract/deviation.ts';
import { append, commands, deciderId, inBoth, inserted, kind } from './traces.ts';

export const aFinalPartitionCanGrow: Deviation = {
  id: 'a-final-partition-can-grow',
  title: 'After the final event of one decider, another decider can append to the same partition.',
  documented: {
    says: 'offset_final says that the offset of a partition will not grow any more.',
    where:
      'fraktalio/fstore-sql at 630a2ed, README.md, "5. Appending two events for another decider"; schema.sql, the comment on locks.offset_final',
  },
  happens:
    'Each decider has its own stream, and each stream is closed alone. But a partition holds everything under one id. The next event of the other decider moves the offset on, and offset_final is false again.',
  upstream: [],
  traces: inBoth(
    commands(kind('cart'), kind(), { ...inserted(1), final: true }, append(2, deciderId, undefined, 'cart')),
  ),
};
