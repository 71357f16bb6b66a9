import type { Deviation } from '../../contract/deviation.ts';
import { commands, holds, place } from './traces.ts';

export const theNinthEntryIsInvalid: Deviation = {
  id: 'the-ninth-entry-is-invalid',
  title: 'From the ninth entry of leg 1 on, a message is called invalid, and not a duplicate.',
  documented: {
    says: 'Whoever enters and finds a first digit below 8 has a duplicate.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), types/collator.ts, CollationFaultType',
  },
  happens:
    'The ninth entry leaves a number of fewer digits, whose first one is no longer below 8. A duplicate is put away, and what is invalid comes back to the activity as an error.',
  upstream: [],
  traces: { countdown: commands(holds(199_000_000_000_000), { type: 'notarize_entry', ...place }) },
};
