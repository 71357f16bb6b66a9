/** Random operations of the collator: mostly the one that comes next, and now and then any. */
import type { Arbitrary } from 'fast-check';
import type { LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { LedgerState } from '../../../model/activity-ledger/shared/state.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { anyLedger, guids, nul, type Place } from './names.ts';

type Commands = Arbitrary<LedgerCommand>;

const seed = 999_000_000_000_000;

const cycle = drawnLater(() => fc.boolean());
const guid = drawnLater(() => fc.constantFrom(...guids));
const oddGuid = drawnLater(() => fc.constantFrom(null, '', ...guids, ...guids, ...guids));

/** What brings a ledger to where it is seldom: almost as many entries as there is room for, or as few digits. */
function amounts(value: number): Arbitrary<number> {
  return fc.constantFrom(
    ...[seed - value, 999_998_000_000 - (value % 1_000_000_000_000), 899_000_000_000_000 - value],
    ...[
      Number.MAX_SAFE_INTEGER - Math.max(value, 0),
      -value,
      1 - value,
      12_345_678 - value,
      1,
      -1,
      1_000_000,
      -700_000_000_000_000,
      3_000_000_000_000_000,
    ],
  );
}

/** What comes next where all goes well, by the first three digits. */
function expected(value: number, place: Place): Commands {
  const text = String(value);
  const next = (type: 'notarize_entry' | 'authorize_reentry') => fc.constant({ type, ...place });
  if (text.length !== 15) return fc.constant({ type: 'collate', ...place, amount: seed - value });
  if (text.startsWith('99')) return next('notarize_entry') as Commands;
  if (text.startsWith('89')) {
    return fc.oneof(
      { weight: 3, arbitrary: next('authorize_reentry') as Commands },
      { weight: 1, arbitrary: fc.constant<LedgerCommand>({ type: 'notarize_early_exit', ...place }) },
      {
        weight: 1,
        arbitrary: cycle.map(
          (isCycle): LedgerCommand => ({ type: 'notarize_early_completion', ...place, cycle: isCycle }),
        ),
      },
    );
  }
  return fc.oneof(
    {
      weight: 3,
      arbitrary: guid.map((each): LedgerCommand => ({ type: 'notarize_reentry', ...place, guid: each })),
    },
    { weight: 1, arbitrary: fc.constant<LedgerCommand>({ type: 'notarize_continuation', ...place }) },
    {
      weight: 1,
      arbitrary: cycle.map(
        (isCycle): LedgerCommand => ({ type: 'notarize_completion', ...place, cycle: isCycle }),
      ),
    },
  );
}

export function countdownCommand(state: LedgerState): Commands {
  return anyLedger(state).chain(({ jid, aid, dad, value }) => {
    const at = { jid, aid, dad };
    return fc.oneof(
      { weight: 5, arbitrary: expected(value, at) },
      { weight: 3, arbitrary: anyOperation(at) },
      { weight: 2, arbitrary: amounts(value).map((amount) => ({ type: 'collate' as const, ...at, amount })) },
    );
  });
}

function anyOperation(place: Place): Commands {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<LedgerCommand>({ type: 'notarize_entry', ...place }) },
    fc.constant<LedgerCommand>({ type: 'authorize_reentry', ...place }),
    fc.constant<LedgerCommand>({ type: 'notarize_early_exit', ...place }),
    fc.constant<LedgerCommand>({ type: 'notarize_continuation', ...place }),
    cycle.map((each): LedgerCommand => ({ type: 'notarize_early_completion', ...place, cycle: each })),
    cycle.map((each): LedgerCommand => ({ type: 'notarize_completion', ...place, cycle: each })),
    {
      weight: 3,
      arbitrary: guid.map((each): LedgerCommand => ({ type: 'notarize_reentry', ...place, guid: each })),
    },
    oddGuid.map((each): LedgerCommand => ({ type: 'notarize_inception', jid: place.jid, guid: each })),
    oddGuid.map((each): LedgerCommand => ({ type: 'is_inception_overage', jid: place.jid, guid: each })),
    fc.constant<LedgerCommand>({ type: 'notarize_entry', ...place, aid: nul }),
  );
}
