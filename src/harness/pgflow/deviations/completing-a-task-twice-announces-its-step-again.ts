import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const completingATaskTwiceAnnouncesItsStepAgain: Deviation = {
  id: 'completing-a-task-twice-announces-its-step-again',
  title:
    'Completing a task a second time broadcasts step:completed again, with the output of the second call.',
  documented: {
    says: 'step:completed is sent when a step completes.',
    where: 'documentation at 0.8.1, reference/pgflow-client, "Step Events"',
  },
  happens:
    'A late callback, for example after a message was delivered twice, changes no row. But step:completed is broadcast once more. For a single step it carries the late output, and the stored output is a different one. Listeners believe the last broadcast.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
      { type: 'complete_task', run_id: runId(1), step_slug: 'a', task_index: 0, output: 'early' },
      { type: 'complete_task', run_id: runId(1), step_slug: 'a', task_index: 0, output: 'late' },
    ),
  },
};
