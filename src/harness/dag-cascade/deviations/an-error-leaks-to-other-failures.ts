import type { Deviation } from '../../contract/deviation.ts';
import { commands, doWork, ends, twoRunning } from './traces.ts';

export const anErrorLeaksToOtherFailures: Deviation = {
  id: 'an-error-leaks-to-other-failures',
  title: 'Tasks that fail in the same round get the error of one of them.',
  documented: {
    says: 'processing_error says what failed in a task.',
    where: 'leaselock/pgasync at a92817c, async_server.sql, finish_internal',
  },
  happens:
    'The error is kept in one variable for all tasks of a round, and is taken where it is filled already. So the second failure is recorded with the error of the first.',
  upstream: [],
  traces: { '1.0': commands(...twoRunning, ends(1, 'boom'), ends(2, 'bang'), doWork) },
};
