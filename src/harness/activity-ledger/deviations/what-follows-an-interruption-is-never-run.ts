import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deliver, deploy, leads, trigger, worker } from './traces.ts';

export const whatFollowsAnInterruptionIsNeverRun: Deviation = {
  id: 'what-follows-an-interruption-is-never-run',
  title: 'What follows an activity that interrupts another job is turned away.',
  documented: {
    says: 'An interrupt activity with a target goes on to what follows it.',
    where:
      'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/activities/interrupt.ts, interruptAnother',
  },
  happens:
    'The ledgers of what follows are not made ready. Its messages find nothing, and come back as errors.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy(
        [trigger, { aid: 'v', kind: 'interrupt', target: 'k' }, worker('b')],
        [leads('t', 'v'), leads('v', 'b')],
      ),
      begin,
      { ...begin, jid: 'k' },
      deliver(1),
    ),
  },
};
