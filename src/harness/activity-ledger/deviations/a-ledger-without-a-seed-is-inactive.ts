import type { Deviation } from '../../contract/deviation.ts';
import { commands, enters } from './traces.ts';

export const aLedgerWithoutASeedIsInactive: Deviation = {
  id: 'a-ledger-without-a-seed-is-inactive',
  title: 'Leg 2 of an activity that was never made ready is called inactive, and not forbidden.',
  documented: {
    says: 'A message for an activity whose leg 1 has not ended is forbidden.',
    where: 'hotmeshio/sdk-typescript at 700fabef (0.3.32), types/collator.ts, CollationFaultType',
  },
  happens:
    'Digits are read from the left of the number as it is written. One that was never seeded is shorter, and its third digit is another one.',
  upstream: [],
  traces: { countdown: commands(enters('m')) },
};
