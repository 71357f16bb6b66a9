import type { Deviation } from '../../contract/deviation.ts';
import { commands, configureFlow, createFlow, doWork, start } from './traces.ts';

export const aWorkerOfADeletedTaskIsNeverFree: Deviation = {
  id: 'a-worker-of-a-deleted-task-is-never-free',
  title: 'The worker of a task that was deleted is never free again.',
  documented: {
    says: 'Finishing a task frees its worker.',
    where: 'leaselock/pgasync at a92817c, async_server.sql, the comment on finish_internal',
  },
  happens:
    'restart_flow deletes tasks, also those that run. A worker is found by its task, and that is no longer there. So the worker is lost until the orchestrator starts again, and each round finds its connection idle.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...start,
      configureFlow({ node: 'a', target: 't', dependencies: [{ parent: 'a' }] }),
      createFlow,
      { type: 'push_steps', _flow_id: 1, _node: 'a', _arguments: [1] },
      doWork,
      { type: 'restart_flow', _flow_id: 1 },
    ),
  },
};
