import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in0120 } from './traces.ts';

export const completingATaskTwiceIsRefused: Deviation = {
  id: 'completing-a-task-twice-is-refused',
  title: 'Completing a task a second time is refused.',
  documented: {
    says: 'A completed task has its output saved and its message archived. A second callback has nothing left to do.',
    where: '@pgflow/core 0.1.20, README, "Task Completion"; the function has a guard from 0.3.0 on',
  },
  happens:
    'The SQL does not check the status of the task. The counter of the step would go below zero, and a CHECK refuses that (23514). A worker that reports twice, for example after a message was delivered twice, gets an error for work that is done.',
  upstream: [],
  traces: {
    '0.1.20': in0120(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'complete_task', run_id: runId(1), step_slug: 'a', task_index: 0, output: 1 },
      { type: 'complete_task', run_id: runId(1), step_slug: 'a', task_index: 0, output: 1 },
    ),
  },
};
