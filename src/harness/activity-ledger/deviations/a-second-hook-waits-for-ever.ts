import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deliver, deploy, leads, trigger } from './traces.ts';

export const aSecondHookWaitsForEver: Deviation = {
  id: 'a-second-hook-waits-for-ever',
  title: 'Of two jobs that wait for the same signal, the second is never notified.',
  documented: {
    says: 'A hook activity waits for its signal, and goes on when that comes.',
    where:
      'hotmeshio/sdk-typescript at 700fabef (0.3.32), docs/model_driven_development.md, the parts of a graph, hooks',
  },
  happens:
    'The first registration of a topic stays, and the second writes nothing, without an error. Its activity is open for ever, and so is its job.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy([trigger, { aid: 'h', kind: 'hook', topic: 'go' }], [leads('t', 'h')]),
      begin,
      { ...begin, jid: 'k' },
      deliver(1),
      deliver(2),
    ),
  },
};
