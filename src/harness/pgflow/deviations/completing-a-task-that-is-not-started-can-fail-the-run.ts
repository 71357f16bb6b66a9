import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const completingATaskThatIsNotStartedCanFailTheRun: Deviation = {
  id: 'completing-a-task-that-is-not-started-can-fail-the-run',
  title: 'A callback for a task that has not started, or does not exist, can fail the whole run.',
  documented: {
    says: 'The worker that executes a task completes it. An output of the wrong type fails that task and its run.',
    where: '@pgflow/core 0.8.1, README, "Task Completion" and "Edge Cases and Special Behaviors"',
  },
  happens:
    'The output is checked first. Only later does the SQL check whether the task exists and has started. If the step feeds a map, any output that is not an array fails the run, even when the task is still queued or does not exist.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'm', deps_slugs: ['a'], step_type: 'map' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'complete_task', run_id: runId(1), step_slug: 'a', task_index: 7, output: 1 },
    ),
  },
};
