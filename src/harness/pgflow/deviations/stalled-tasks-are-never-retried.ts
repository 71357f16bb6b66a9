import type { Deviation } from '../../contract/deviation.ts';
import { after, in081 } from './traces.ts';

export const stalledTasksAreNeverRetried: Deviation = {
  id: 'stalled-tasks-are-never-retried',
  title: 'A task whose worker died is never executed again.',
  documented: {
    says: 'Where no worker reports back within the timeout and a small buffer, the task can be picked up by another.',
    where: '@pgflow/core 0.8.1, README, "Retries and Timeouts"',
  },
  happens:
    'The message does come back, but start_tasks only starts tasks that are queued, and this one is started: it is read again and again, never executed, and its run never ends. Followed to the letter, the task would start anew once its timeout and two seconds have passed. Releases from 0.13.2 on send such tasks back to the queue by a job of their own.',
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
