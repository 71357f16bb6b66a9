import type { Deviation } from '../../contract/deviation.ts';
import { after, in081 } from './traces.ts';

export const stalledTasksAreNeverRetried: Deviation = {
  id: 'stalled-tasks-are-never-retried',
  title: 'A task whose worker died is never executed again.',
  documented: {
    says: 'If no worker reports within the timeout and a small buffer, another worker can pick up the task.',
    where: '@pgflow/core 0.8.1, README, "Retries and Timeouts"',
  },
  happens:
    'The message does come back. But start_tasks starts only queued tasks, and this task is started. So workers read its message again and again, the task is never executed, and its run never ends. By the documentation, the task would start again after its timeout and two seconds. From 0.13.2 on, a job of pgflow sends such tasks back to the queue.',
  upstream: ['pgflow-dev/pgflow#586'],
  traces: {
    '0.8.1': [
      ...in081(
        { type: 'create_flow', flow_slug: 'f' },
        { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
        { type: 'start_flow', flow_slug: 'f', input: {} },
        { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
      ),
      ...after(62, in081({ type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null })),
    ],
  },
};
