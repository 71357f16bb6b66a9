import type { Deviation } from '../../contract/deviation.ts';
import { commands, enters, holds } from './traces.ts';

export const aLateMessageIsNotTakenBack: Deviation = {
  id: 'a-late-message-is-not-taken-back',
  title: 'A message that is turned away from leg 2 stays counted.',
  documented: {
    says: 'After leg 2 has ended, the value that was just set is decremented again before the message is put away.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), services/collator/README.md, Success Status',
  },
  happens:
    'Nothing is decremented. So a ledger can show more entries than exits though nothing is under way, and whoever reads it must not take the difference for work.',
  upstream: [],
  traces: { countdown: commands(holds(888_000_001_000_001), enters('m')) },
};
