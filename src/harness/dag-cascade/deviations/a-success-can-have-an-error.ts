import type { Deviation } from '../../contract/deviation.ts';
import { commands, doWork, ends, twoRunning } from './traces.ts';

export const aSuccessCanHaveAnError: Deviation = {
  id: 'a-success-can-have-an-error',
  title: 'A task that has succeeded can have the error of another.',
  documented: {
    says: 'processing_error says what failed in a task.',
    where: 'leaselock/pgasync at a92817c, async_server.sql, finish_internal',
  },
  happens:
    'Tasks that end in the same round are finished together. Those that are OK have no error of their own, and get the one that was found last.',
  upstream: [],
  traces: { '1.0': commands(...twoRunning, ends(1), ends(2, 'boom'), doWork) },
};
