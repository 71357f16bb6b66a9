import type { Deviation } from '../../contract/deviation.ts';
import { one, runOf } from './traces.ts';

export const aFailEndsLikeASuccess: Deviation = {
  id: 'a-fail-ends-like-a-success',
  title: 'A Fail ends an execution as a success does.',
  documented: {
    says: 'A Fail stops the execution and marks it as a failure.',
    where: 'the Amazon States Language, Fail State',
  },
  happens:
    'A Fail hands on what it was given. Its execution stays `Running`, and the executor is done with that output.',
  upstream: [],
  traces: { fornext: runOf(one({ Type: 'Fail', Error: 'E' }), { a: 1 }, 5) },
};
