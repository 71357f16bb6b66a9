import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const anEmptyBatchOfVisibilitiesNeedsAQueue: Deviation = {
  id: 'an-empty-batch-of-visibilities-needs-a-queue',
  title: 'Setting the visibility of no messages is refused where there is no such queue.',
  documented: {
    says: 'Empty lists are nothing to do, and an empty set comes back.',
    where: '@pgflow/core 0.8.1, the comment on the first guard of set_vt_batch',
  },
  happens:
    'The guard asks whether the length is 0, but Postgres says NULL for the length of an empty array: it is never met, and the table of the queue is looked up all the same (42P01 if it is gone).',
  upstream: [],
  traces: {
    '0.8.1': in081({ type: 'set_vt_batch', queue_name: 'f', msg_ids: [], vt_offsets: [] }),
  },
};
