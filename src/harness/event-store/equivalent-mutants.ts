/** Mutants of our own schema that nothing can tell from the original, each with the argument. */
import type { IdType } from '../../model/event-store/ids.ts';
import type { EquivalentMutants } from '../contract/mutation.ts';

/** Of the functions whose signature has no id in it, and so of both schemas. */
const ofBoth: readonly EquivalentMutants[] = [
  {
    reason:
      'a lock that is there knows the newest event already: it is told of each as it is appended, and a view that is registered anew finds no other',
    mutants: {
      '1c21578c':
        'lock_partitions: + set last_offset = excluded.last_offset, offset_final = excluded.offset_final;',
      '0a5802e5': 'lock_partitions: + set "offset" = excluded."offset", last_offset = excluded.last_offset;',
    },
  },
  {
    reason:
      'events are only ever added, and those of a partition are read in the order in which they lie or in that of an index that ends with the offset',
    mutants: {
      '478415d7': 'stream_events: - order by events."offset"',
    },
  },
];

const readsInPlace =
  'events are only ever added, and the server reads those of a stream in the order in which they lie, though nothing promises it';

export const equivalentMutants: Readonly<Record<IdType, readonly EquivalentMutants[]>> = {
  uuid: [
    ...ofBoth,
    {
      reason: readsInPlace,
      mutants: {
        '6ae05863':
          'get_events: + select * from events where decider = v_decider and decider_id = v_decider_id',
      },
    },
  ],
  text: [
    ...ofBoth,
    {
      reason: readsInPlace,
      mutants: {
        ae79aa46:
          'get_events: + select * from events where decider = v_decider and decider_id = v_decider_id',
      },
    },
  ],
};
