import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const failingAQueuedTaskPutsItOff: Deviation = {
  id: 'failing-a-queued-task-puts-it-off',
  title: 'Failing a task that has not started changes no row, but puts off its message.',
  documented: {
    says: 'A worker reports the failure of a task that it executes; the backoff is that of a retry.',
    where: '@pgflow/core 0.8.1, README, "Error Handling"',
  },
  happens:
    'Of a queued task status, attempts and error stay as they were, as they should, but the message becomes invisible for the delay of a retry. A late or repeated callback postpones the next attempt, each time anew.',
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
