import type { Deviation } from '../../contract/deviation.ts';
import { commands, doWork, running } from './traces.ts';

export const noTaskIsEverTimedOut: Deviation = {
  id: 'no-task-is-ever-timed-out',
  title: 'No task ever has the status TIMED_OUT.',
  documented: {
    says: 'A task that ran out of time has the status TIMED_OUT.',
    where: 'leaselock/pgasync at a92817c, async.sql, the comments on finish_status_t',
  },
  happens: 'It is FAILED, and only the text of its error tells why.',
  upstream: [],
  traces: {
    '1.0': commands(...running({ node: 'a', target: 't', node_timeout: '-00:00:01' }), doWork, doWork),
  },
};
