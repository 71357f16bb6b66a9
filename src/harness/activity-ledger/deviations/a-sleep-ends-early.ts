import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deliver, deploy, leads, trigger } from './traces.ts';

export const aSleepEndsEarly: Deviation = {
  id: 'a-sleep-ends-early',
  title: 'A sleep can end up to five seconds before its time.',
  documented: {
    says: 'A hook with sleep waits for so many seconds.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), types/activity.ts, BaseActivity, sleep',
  },
  happens:
    'The end is rounded down to a multiple of five seconds, where nobody sets another one. A sleep of less than five seconds can be over before it begins.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy([trigger, { aid: 'z', kind: 'hook', sleep: 7 }], [leads('t', 'z')]),
      begin,
      deliver(1),
    ),
  },
};
