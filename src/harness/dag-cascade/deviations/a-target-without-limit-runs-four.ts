import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aTargetWithoutLimitRunsFour: Deviation = {
  id: 'a-target-without-limit-runs-four',
  title: 'A target without a limit runs four tasks at a time, not eight.',
  documented: {
    says: 'Each target has a pool with eight workers, by default.',
    where:
      'leaselock/pgasync at a92817c, README.md, "Target"; async_server.sql, the default of max_concurrency',
  },
  happens:
    'A target that is configured has no default: the column is filled with NULL. Its pool then has the limit of pools that nobody has configured, which is four.',
  upstream: [],
  traces: { '1.0': commands(...running({ node: 'a', target: 't' })) },
};
