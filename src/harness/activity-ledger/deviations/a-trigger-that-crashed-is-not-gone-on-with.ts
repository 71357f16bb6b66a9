import type { Deviation } from '../../contract/deviation.ts';
import { begin, commands, deploy, leads, trigger, worker } from './traces.ts';

export const aTriggerThatCrashedIsNotGoneOnWith: Deviation = {
  id: 'a-trigger-that-crashed-is-not-gone-on-with',
  title:
    'A job whose trigger crashed after its first write is there, has open activities, and never goes on.',
  documented: {
    says: 'Failures in the process are resolved automatically, and nothing is run twice.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/collator/README.md, the first paragraph',
  },
  happens:
    'The first write makes the job, the second one says what it is. Where the process ends between them, the message comes again, finds the job, and is turned away as a duplicate.',
  upstream: [],
  traces: {
    countdown: commands(
      deploy([trigger, worker('a')], [leads('t', 'a')]),
      { ...begin, crash_after: 1 },
      begin,
    ),
  },
};
