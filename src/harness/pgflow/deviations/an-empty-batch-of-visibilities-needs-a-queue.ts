import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const anEmptyBatchOfVisibilitiesNeedsAQueue: Deviation = {
  id: 'an-empty-batch-of-visibilities-needs-a-queue',
  title: 'Setting the visibility of an empty list of messages is refused if the queue does not exist.',
  documented: {
    says: 'An empty list needs no work, and the result is an empty set.',
    where: '@pgflow/core 0.8.1, the comment on the first guard of set_vt_batch',
  },
  happens:
    'The guard tests whether the length is 0, but in Postgres the length of an empty array is NULL. So the guard never applies, and the SQL always reads the table of the queue (42P01 if it does not exist).',
  upstream: [],
  traces: {
    '0.8.1': in081({ type: 'set_vt_batch', queue_name: 'f', msg_ids: [], vt_offsets: [] }),
  },
};
