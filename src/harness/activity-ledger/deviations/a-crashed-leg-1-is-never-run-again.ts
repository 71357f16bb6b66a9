import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deliver, deploy, leads, trigger, worker } from './traces.ts';

export const aCrashedLeg1IsNeverRunAgain: Deviation = {
  id: 'a-crashed-leg-1-is-never-run-again',
  title:
    'A message whose activity was entered before, and did not come to its end, is turned away as a duplicate, and the job waits for ever.',
  documented: {
    says: 'An activity that finds 799 in front began and crashed; it cleans up, and is run again.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/collator/README.md, Error Handling',
  },
  happens:
    'Every entry after the first is a duplicate, whether or not leg 1 came to its end. The message is acknowledged, the worker is never asked, and the job keeps its status. Nothing tells anybody.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy([trigger, worker('a')], [leads('t', 'a')]),
      begin,
      deliver(1, { crash_after: 1 }),
      deliver(1),
    ),
  },
};
