import type { Deviation } from '../../contract/deviation.ts';
import { commands, enters, holds } from './traces.ts';

export const theMillionthEntryClosesAnActivity: Deviation = {
  id: 'the-millionth-entry-closes-an-activity',
  title: 'The millionth entry of leg 2 is forbidden, and so is every later one.',
  documented: {
    says: 'The last twelve digits stand for a million threads that an activity can have.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/collator/README.md, Overview',
  },
  happens:
    'The carry takes the third digit from 9 to 0 and the second from 8 to 9. The number then says that leg 1 has not ended.',
  upstream: [],
  traces: { countdown: commands(holds(889_999_999_000_000), enters('m')) },
};
