import type { Deviation } from '../../contract/deviation.ts';
import { in0120 } from './traces.ts';

export const tasksArePolledFromTheQueuesOfOtherFlows: Deviation = {
  id: 'tasks-are-polled-from-the-queues-of-other-flows',
  title: 'Polling one flow can return the task of another.',
  documented: {
    says: 'Polling a queue returns the tasks of its messages.',
    where: '@pgflow/core 0.1.20, README, "Task Polling"',
  },
  happens:
    'Tasks are found by message id alone, and the ids of every queue start at 1. If two flows are active, their ids collide: a poll also returns the task of the other flow, or is refused (21000) if both are queued.',
  upstream: [],
  traces: {
    '0.1.20': in0120(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'create_flow', flow_slug: 'g' },
      { type: 'pgmq.send', queue_name: 'g', msg: {} },
      { type: 'poll_for_tasks', queue_name: 'g', vt: 2, qty: 1 },
    ),
  },
};
