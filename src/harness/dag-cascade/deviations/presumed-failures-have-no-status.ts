import type { Deviation } from '../../contract/deviation.ts';
import { commands, doWork, running } from './traces.ts';

export const presumedFailuresHaveNoStatus: Deviation = {
  id: 'presumed-failures-have-no-status',
  title: 'Tasks that are presumed failed have no status.',
  documented: {
    says: 'Every task that is processed has a status that says how it ended.',
    where: 'leaselock/pgasync at a92817c, async.sql, finish_status_t; async_server.sql, main',
  },
  happens:
    'When the orchestrator starts, tasks that were running are marked as failed, with an error. Their finish_status stays NULL, or YIELDED.',
  upstream: [],
  traces: { '1.0': commands(...running({ node: 'a', target: 't' }), doWork, { type: 'start_orchestrator' }) },
};
