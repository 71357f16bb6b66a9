import type { Deviation } from '../../contract/deviation.ts';
import { in0120 } from './traces.ts';

export const tasksArePolledFromTheQueuesOfOtherFlows: Deviation = {
  id: 'tasks-are-polled-from-the-queues-of-other-flows',
  title: 'Polling one flow can hand out the task of another.',
  documented: {
    says: 'Polling a queue returns the tasks of its messages.',
    where: '@pgflow/core 0.1.20, README, "Task Polling"',
  },
  happens:
    "Tasks are looked up by message id alone, and every flow's queue counts from 1. Where two flows are under way their ids meet: a poll hands out the task of the other flow as well, or is refused (21000) where both are queued.",
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
