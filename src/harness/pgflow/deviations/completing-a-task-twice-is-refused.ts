import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in0120 } from './traces.ts';

export const completingATaskTwiceIsRefused: Deviation = {
  id: 'completing-a-task-twice-is-refused',
  title: 'Completing a task a second time is refused.',
  documented: {
    says: 'A completed task has its output saved and its message archived; a second callback has nothing left to do.',
    where: '@pgflow/core 0.1.20, README, "Task Completion"; the function has a guard from 0.3.0 on',
  },
  happens:
    'Nothing asks for the status of the task: the counter of the step would go below zero, and a CHECK happens to stand in the way (23514). A worker that reports twice, as after a delivery twice, sees an error for work that is done.',
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
