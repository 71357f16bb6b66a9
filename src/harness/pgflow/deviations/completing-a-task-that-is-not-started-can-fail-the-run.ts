import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const completingATaskThatIsNotStartedCanFailTheRun: Deviation = {
  id: 'completing-a-task-that-is-not-started-can-fail-the-run',
  title: 'A callback for a task that has not started, or does not exist, can fail the whole run.',
  documented: {
    says: 'A task is completed by the worker that executes it; with an output of the wrong type the task that produced it fails, and its run.',
    where: '@pgflow/core 0.8.1, README, "Task Completion" and "Edge Cases and Special Behaviors"',
  },
  happens:
    'The output is judged before anyone asks whether there is such a task, and whether it has started: where the step feeds a map, an output that is no array fails the run, be it of a task that is still queued or of none at all.',
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
