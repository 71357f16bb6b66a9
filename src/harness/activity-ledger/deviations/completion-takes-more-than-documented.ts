import type { Deviation } from '../../contract/deviation.ts';
import { commands, place } from './traces.ts';

export const completionTakesMoreThanDocumented: Deviation = {
  id: 'completion-takes-more-than-documented',
  title: 'A completion takes 999999999999 from a ledger, and not 999999999.',
  documented: {
    says: 'The integer is changed by 1 - 1000000000 = -999999999.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/collator/README.md, Success Status',
  },
  happens:
    'The arithmetic in the text is wrong by a factor of a thousand; the command below it is right. Whoever ports it from the text never closes leg 2.',
  upstream: [],
  traces: { countdown: commands({ type: 'notarize_completion', ...place, cycle: false }) },
};
