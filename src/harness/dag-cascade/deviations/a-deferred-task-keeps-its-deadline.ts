import type { Deviation } from '../../contract/deviation.ts';
import { commands, doWork, later, running } from './traces.ts';

export const aDeferredTaskKeepsItsDeadline: Deviation = {
  id: 'a-deferred-task-keeps-its-deadline',
  title: 'A deferred task is late when it runs again.',
  documented: {
    says: 'A deferred task is paused for a while, and each task may run for as long as its time-out says.',
    where: 'leaselock/pgasync at a92817c, async.sql, the comment on DEFERRED; README.md, "default_timeout"',
  },
  happens:
    'The deadline of the first attempt stays. If the pause is longer than the time-out, the second attempt is canceled in the next round, however short it is.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      doWork,
      { type: 'defer', task_id: 1, _duration: '00:00:00' },
      later(doWork),
    ),
  },
};
