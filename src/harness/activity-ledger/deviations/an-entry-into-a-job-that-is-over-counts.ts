import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deliver, deploy, leads, trigger, worker } from './traces.ts';

export const anEntryIntoAJobThatIsOverCounts: Deviation = {
  id: 'an-entry-into-a-job-that-is-over-counts',
  title: 'A message for an activity of a job that is over is counted as its entry.',
  documented: {
    says: 'A message for a job that is over is ignored, as if it were too late.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), types/activity.ts, statusThreshold',
  },
  happens:
    'The entry is written first, and then the message is turned away. The ledger says that the activity began.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy([trigger, worker('a')], [leads('t', 'a')]),
      begin,
      { type: 'interrupt', jid: 'j' },
      deliver(1),
    ),
  },
};
