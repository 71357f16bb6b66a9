import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const failedRunsLeaveTasksBehind: Deviation = {
  id: 'failed-runs-leave-tasks-behind',
  title: 'When a run fails, its other tasks stay queued or started.',
  documented: {
    says: 'A failed run is over: none of its tasks is waiting or running.',
    where:
      'pgflow-dev/pgflow#645, on releases up to 0.14.1; README of @pgflow/core 0.8.1, "Error Handling", 3 and 4, on their messages',
  },
  happens:
    'Only the task that failed the run is marked. The messages of the others are archived, so nobody starts them. Their rows stay queued or started until their own worker reports a failure, or for ever. Fixed upstream in 0.15.1, where they become cancelled. 0.8.1 has no such status, so here the documented behaviour is: they become failed.',
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
