/** Random rules of a Choice. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import {
  comparisons,
  type RuleJson,
} from '../../../../model/state-machine/states-language/language/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { path } from './values.ts';

/** Where mostly something of a kind is, what it is compared with, and where another one is. */
const kinds = {
  Numeric: { at: '$.a', other: '$.d.n', operands: [0, 1, 2, 2.5, -1] },
  String: { at: '$.b', other: '$.d.h', operands: ['x', 'xy', '', '\u{1f600}', '\uffee'] },
  Timestamp: {
    ...{ at: '$.d.f', other: '$.d.i' },
    operands: ['2030-01-01T00:00:05Z', '2030-01-01T00:00:05.001+00:00', '2024-02-29T15:59:00Z'],
  },
} as const satisfies Record<string, { at: string; other: string; operands: readonly Jsonb[] }>;

type Kind = keyof typeof kinds;

/** Mostly where something of the kind is. */
const at = (likely: string) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(likely) }, { weight: 1, arbitrary: path });

const ordered: Arbitrary<RuleJson> = drawnLater(() =>
  fc
    .tuple(fc.constantFrom<Kind>('Numeric', 'String', 'Timestamp'), fc.constantFrom(...comparisons))
    .chain(([kind, comparison]) => {
      const { at: likely, other, operands } = kinds[kind];
      const name = `${kind}${comparison}`;
      return fc.oneof(
        fc
          .tuple(at(likely), fc.constantFrom<Jsonb>(...operands))
          .map(([Variable, operand]): RuleJson => ({ Variable, [name]: operand })),
        fc
          .tuple(at(likely), at(other))
          .map(([Variable, operand]): RuleJson => ({ Variable, [`${name}Path`]: operand })),
      );
    }),
);

const flagged: Arbitrary<RuleJson> = drawnLater(() =>
  fc
    .tuple(
      fc.constantFrom('IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'),
      fc.oneof(fc.constantFrom('$.a', '$.b', '$.d.e', '$.d.f', '$.z'), path),
      fc.boolean(),
    )
    .map(([name, Variable, flag]): RuleJson => ({ Variable, [name]: flag })),
);

const matching: Arbitrary<RuleJson> = drawnLater(() =>
  fc
    .tuple(
      at('$.b'),
      fc.constantFrom(
        ...[
          'x',
          '*',
          'x*',
          '*y',
          'x*y',
          'x\\*',
          '*\\\\*',
          'a\\b',
          '',
          '**',
          '_',
          '%',
          '.*',
          '\\',
          'x\\',
          '*\\b',
          'é',
        ],
      ),
    )
    .map(([Variable, StringMatches]): RuleJson => ({ Variable, StringMatches })),
);

const plain: Arbitrary<RuleJson> = drawnLater(() =>
  fc.oneof(
    { weight: 10, arbitrary: ordered },
    { weight: 5, arbitrary: flagged },
    { weight: 3, arbitrary: matching },
    {
      weight: 2,
      arbitrary: fc
        .tuple(at('$.d.e'), fc.boolean())
        .map(([Variable, BooleanEquals]): RuleJson => ({ Variable, BooleanEquals })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(at('$.d.e'), at('$.d.g'))
        .map(([Variable, BooleanEqualsPath]): RuleJson => ({ Variable, BooleanEqualsPath })),
    },
  ),
);

const several = drawnLater(() => fc.array(plain, { minLength: 1, maxLength: 3 }));

export const rule: Arbitrary<RuleJson> = drawnLater(() =>
  fc.oneof(
    { weight: 10, arbitrary: plain },
    { weight: 1, arbitrary: several.map((And): RuleJson => ({ And })) },
    { weight: 1, arbitrary: several.map((Or): RuleJson => ({ Or })) },
    { weight: 1, arbitrary: plain.map((Not): RuleJson => ({ Not })) },
    { weight: 1, arbitrary: several.map((Or): RuleJson => ({ Not: { And: [{ Or }, { Not: Or[0]! }] } })) },
  ),
);
