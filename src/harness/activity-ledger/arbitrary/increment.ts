/** Random operations of the second collator: mostly the one that comes next, and now and then any. */
import type { Arbitrary } from 'fast-check';
import { hasLeg1Ended } from '../../../model/activity-ledger/increment/verification.ts';
import type { LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { LedgerState } from '../../../model/activity-ledger/shared/state.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { anyLedger, guids, nul, type Place } from './names.ts';

type Commands = Arbitrary<LedgerCommand>;

const cycle = drawnLater(() => fc.boolean());
const guid = drawnLater(() => fc.constantFrom(...guids));
const small = drawnLater(() => fc.integer({ min: -2, max: 2 }));

/** What brings a ledger to where it is seldom: to where a counter has no room. */
const amounts = (value: number): Arbitrary<number> =>
  fc.constantFrom(
    ...[
      99_000_000_000_000 - value,
      99_099_999_999 - value,
      100_099_999_999 - value,
      1_100_099_999_998 - value,
    ],
    ...[
      -value,
      -100_000_000_000_000 - value,
      1_000_000_000_000,
      1,
      -1,
      200_000_000_000_000,
      -700_000_000_000_000,
      3_000_000_000_000_000,
    ],
  );

export function incrementCommand(state: LedgerState): Commands {
  return anyLedger(state).chain(({ jid, aid, dad, value }) => {
    const at = { jid, aid, dad };
    return fc.oneof(
      { weight: 5, arbitrary: expected(value, at) },
      { weight: 4, arbitrary: anyOperation(at) },
      { weight: 2, arbitrary: amounts(value).map((amount) => ({ type: 'collate' as const, ...at, amount })) },
    );
  });
}

function expected(value: number, place: Place): Commands {
  if (!hasLeg1Ended(value)) {
    return fc.oneof(
      fc.constant<LedgerCommand>({ type: 'notarize_leg1_entry', ...place }),
      cycle.map((each): LedgerCommand => ({ type: 'notarize_leg1_completion', ...place, cycle: each })),
    );
  }
  return guid.map((each): LedgerCommand => ({ type: 'notarize_leg2_entry', ...place, guid: each }));
}

function anyOperation(place: Place): Commands {
  const { jid } = place;
  const step = fc.constantFrom(1, 2, 3);
  return fc.oneof(
    fc.constant<LedgerCommand>({ type: 'notarize_leg1_entry', ...place }),
    cycle.map((each): LedgerCommand => ({ type: 'notarize_leg1_completion', ...place, cycle: each })),
    guid.map((each): LedgerCommand => ({ type: 'notarize_leg2_entry', ...place, guid: each })),
    fc
      .tuple(guid, step)
      .map(([each, n]): LedgerCommand => ({ type: 'notarize_step', jid, guid: each, step: n })),
    cycle.map((each): LedgerCommand => ({ type: 'notarize_finalize', ...place, cycle: each })),
    fc
      .record({ guid, delta: small, threshold: fc.constantFrom(0, 1, 2, 3) })
      .map((rest): LedgerCommand => ({ type: 'set_status_and_collate_guid', jid, ...rest })),
    fc.constant<LedgerCommand>({ type: 'notarize_leg1_entry', ...place, aid: nul }),
  );
}
