import type { Deviation } from '../../contract/deviation.ts';
import { commands } from './traces.ts';

export const theDocumentedLimitOfATargetIsPassedOver: Deviation = {
  id: 'the-documented-limit-of-a-target-is-passed-over',
  title: 'The documented name for the limit of a target is passed over.',
  documented: {
    says: 'A target is configured with max_workers.',
    where: 'leaselock/pgasync at a92817c, README.md, "Target"',
  },
  happens:
    'The column is max_concurrency, and keys that are no column are passed over without a word. So the target has the usual limit.',
  upstream: [],
  traces: {
    '1.0': commands({ type: 'configure', _configuration: { targets: [{ target: 't', max_workers: 2 }] } }),
  },
};
