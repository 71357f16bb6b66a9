import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aFinishedTaskCanBeFinishedAgain: Deviation = {
  id: 'a-finished-task-can-be-finished-again',
  title: 'What is finished can be finished again, as something else.',
  documented: {
    says: 'To finish a task that is finished already is told in the log, and left at that.',
    where:
      'leaselock/pgasync at a92817c, async_server.sql, check_task_ids and the warnings of finish_internal',
  },
  happens:
    'The status, the error and the time are overwritten. A node that has succeeded and whose children run is FAILED after a late call. Nothing calls the function that would tell such tasks apart.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'finish', task_id: 1 },
      { type: 'finish', task_id: 1, _failed: true },
    ),
  },
};
