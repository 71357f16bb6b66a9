/** Names that random commands use, and where ledgers are. */
import type { Arbitrary } from 'fast-check';
import type { ActivityLedger, LedgerState } from '../../../model/activity-ledger/shared/state.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';

export const jids = ['j', 'k'];
export const nul = 'a\0b';
export const addresses = [',0', ',0,0', ',0,1', ',0,0,0', '', 'x'];
export const guids = ['g1', 'g2', 'm', 'n'];

export type Place = Pick<ActivityLedger, 'jid' | 'aid' | 'dad'>;

const anyPlace = drawnLater(() =>
  fc.record({
    jid: fc.constantFrom(...jids),
    aid: fc.constantFrom('a', 'b', 'w'),
    dad: fc.constantFrom(...addresses),
    value: fc.constant(0),
  }),
);

/** Mostly one that is there. */
export function anyLedger({ ledgers }: LedgerState): Arbitrary<Place & { readonly value: number }> {
  const known = [...ledgers.values()];
  if (known.length === 0) return anyPlace;
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyPlace });
}
