import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const failingAQueuedTaskPutsItOff: Deviation = {
  id: 'failing-a-queued-task-puts-it-off',
  title: 'Failing a task that has not started changes no row, but delays its message.',
  documented: {
    says: 'A worker reports the failure of a task that it executes. The delay is the backoff of a retry.',
    where: '@pgflow/core 0.8.1, README, "Error Handling"',
  },
  happens:
    'Status, attempts and error of a queued task do not change, which is right. But its message becomes invisible for the delay of a retry. Each late or repeated callback postpones the next attempt again.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'fail_task', run_id: runId(1), step_slug: 'a', task_index: 0, error_message: 'boom' },
    ),
  },
};
