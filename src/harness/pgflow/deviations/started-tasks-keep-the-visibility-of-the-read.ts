import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const startedTasksKeepTheVisibilityOfTheRead: Deviation = {
  id: 'started-tasks-keep-the-visibility-of-the-read',
  title: 'Starting a task does not extend the visibility of its message.',
  documented: {
    says: "The message enforces the timeout: it stays invisible for the step's timeout and a small buffer.",
    where: '@pgflow/core 0.8.1, README, "Retries and Timeouts"',
  },
  happens:
    'A CTE in the statement should extend it. But nothing refers to that CTE, and Postgres does not evaluate such a SELECT. So the message reappears after the time of the read (2 seconds by default), while the task is running, and workers read it in vain. Fixed upstream in 0.15.1.',
  upstream: ['pgflow-dev/pgflow#656'],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
    ),
  },
};
