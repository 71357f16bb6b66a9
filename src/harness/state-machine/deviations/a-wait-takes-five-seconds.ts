import type { Deviation } from '../../contract/deviation.ts';
import { one, runOf } from './traces.ts';

export const aWaitTakesFiveSeconds: Deviation = {
  id: 'a-wait-takes-five-seconds',
  title: 'A Wait takes five seconds, whatever it says.',
  documented: {
    says: 'A Wait takes as many seconds as it says.',
    where: 'the Amazon States Language, Wait State',
  },
  happens: 'The function that waits has five seconds written into it.',
  upstream: [],
  traces: { fornext: runOf(one({ Type: 'Wait', Seconds: 60, End: true }), 1, 5) },
};
