import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aRestartedTaskStillCountsAsFailed: Deviation = {
  id: 'a-restarted-task-still-counts-as-failed',
  title: 'A task that is restarted still counts as failed.',
  documented: {
    says: 'A task that is restarted is as it was before it ran.',
    where: 'leaselock/pgasync at a92817c, async.sql, restart_task',
  },
  happens:
    'All columns that say how it ended are cleared, but for failed. A step that failed before counts as failed while it runs again, and so its node fails if another step is the last to end.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'cancel', _flow_id: 1 },
      { type: 'restart_flow', _flow_id: 1, _node: 'a' },
    ),
  },
};
