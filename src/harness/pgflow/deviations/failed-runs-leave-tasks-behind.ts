import type { Deviation } from '../../deviation.ts';
import { runId } from '../run-ids.ts';
import { in081 } from './traces.ts';

export const failedRunsLeaveTasksBehind: Deviation = {
  id: 'failed-runs-leave-tasks-behind',
  title: 'When a run fails, its other tasks stay queued or started for ever.',
  documented: {
    says: 'Tasks of a run that has failed are marked as failed at once.',
    where: '@pgflow/core 0.8.1, README, "Error Handling", 4',
  },
  happens:
    'Only the task that failed last is marked. The messages of the others are archived, so nobody will ever work on them, and their rows go on saying that somebody does; whoever counts open tasks counts them.',
  upstream: ['pgflow-dev/pgflow#645'],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f', max_attempts: 1 },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'b' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
      { type: 'fail_task', run_id: runId(1), step_slug: 'a', task_index: 0, error_message: 'boom' },
    ),
  },
};
