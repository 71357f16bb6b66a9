/** Random numbers and addresses to be read, also such as no ledger has. */
import type { Arbitrary } from 'fast-check';
import type { LedgerCommand } from '../../../model/activity-ledger/shared/commands.ts';
import type { LedgerState } from '../../../model/activity-ledger/shared/state.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { addresses } from './names.ts';

type Commands = Arbitrary<LedgerCommand>;

const ways = drawnLater(() =>
  fc.constantFrom<string[]>(
    ['t'],
    ['t', 'a'],
    ['t', 'a', 'b', 'c'],
    [],
    ['a', 'a'],
    ['$ADJACENT', 'b'],
    ['t', '__proto__', 'b'],
  ),
);
const oddAddress = drawnLater(() =>
  fc.constantFrom(...addresses, ',0,5,3', ',0,0,12,1', '1', ',', '0,1,2,3'),
);

/** Also of numbers that no ledger has. */
export function pureCommand({ ledgers, guids: known }: LedgerState): Commands {
  const values = [
    ...[...ledgers.values(), ...known.values()].map(({ value }) => value),
    ...[0, 5, -5, 100_000_000, 12_345_678, 99_000_000_000_000, -100_000_000_000_000, -10_000_000_000_000],
    ...[879_000_000_000_000, 889_000_001_000_001, 788_000_002_000_002, 999_000_000_000_000, 1_000_000],
    ...[2_000_000, 1_999_990, 3_000_001, 898_000_000_000_000, 899_000_000_000_000, 890_000_000_000_000],
    ...[
      101_100_000_000_001, 201_100_000_000_001, 11_000_000_001, 111_100_000_001, 99_100_000_000_000,
      100_000_000,
    ],
    ...[-90_000_000, 99_999_999, 889_999_999_000_000, 7_990_000_000_000_000],
  ];
  const value = fc.constantFrom(...values);
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .record({
          value,
          leg: fc.constantFrom<1 | 2>(1, 2),
          stage: fc.constantFrom<'enter' | 'exit'>('enter', 'exit'),
        })
        .map((rest): LedgerCommand => ({ type: 'verify_integer', ...rest })),
    },
    value.map((each): LedgerCommand => ({ type: 'verify_synthetic_integer', value: each })),
    value.map((each): LedgerCommand => ({ type: 'get_dimensional_index', value: each })),
    fc
      .record({ ancestors: ways, dad: oddAddress })
      .map((rest): LedgerCommand => ({ type: 'get_dimensions_by_id', ...rest })),
    fc
      .record({ ancestors: ways, ancestor: fc.constantFrom('t', 'a', 'b', 'nowhere'), dad: oddAddress })
      .map((rest): LedgerCommand => ({ type: 'resolve_reentry_dimension', ...rest })),
  );
}
