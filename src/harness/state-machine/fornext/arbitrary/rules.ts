/** Random rules of a Choice. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { RuleJson } from '../../../../model/state-machine/shared/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { present } from '../../../contract/present.ts';
import { variable } from './paths.ts';

const comparison = drawnLater(() =>
  fc.constantFrom('Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'),
);
const operands: Readonly<Record<string, () => Arbitrary<Jsonb>>> = {
  String: () => fc.constantFrom('x', 'xy', 'xy', '', 'é', 'z', '\u{1f600}', '\uffee', '\uffee'),
  Numeric: () => fc.constantFrom(0, 1, 2, 2.5, -1),
  Timestamp: () => fc.constantFrom('2030-01-01T00:00:00Z'),
};

/** Where mostly something of the kind is. */
const fitting = { Numeric: '$.a', String: '$.b', Timestamp: '$.d.f' } as const;

/** Where mostly another one of the kind is. */
const against = { Numeric: '$.c[0]', String: '$.d.h', Timestamp: '$.b' } as const;

const compared = drawnLater(() =>
  fc.oneof(
    ...[['Numeric', 6] as const, ['String', 6] as const, ['Timestamp', 1] as const].map(([kind, weight]) => ({
      weight,
      arbitrary: fc
        .tuple(
          comparison,
          fc.boolean(),
          operands[kind]!(),
          fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: variable }),
        )
        .map(([name, isPath, operand, path]) => ({
          Variable: fitting[kind],
          [`${kind}${name}${isPath ? 'Path' : ''}`]: isPath ? (path ?? against[kind]) : operand,
        })),
    })),
    { weight: 2, arbitrary: fc.boolean().map((flag) => ({ Variable: '$.d.e', BooleanEquals: flag })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { Variable: '$.d.e', BooleanEqualsPath: '$.d.g' },
        { Variable: '$.d.e', BooleanEqualsPath: '$.d.e' },
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('x', '^x.*', 'y.z$', '^$', '.+', 'x.?y', '^.$', 'x.y', 'y$')
        .map((StringMatches) => ({ Variable: '$.b', StringMatches })),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom('IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'),
          fc.boolean(),
        )
        .map(([name, flag]) => ({ [name]: flag })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        {},
        { NumericEquals: null },
        { And: [], StringEquals: 'x' },
        { And: null, Or: [], Not: null, IsString: true },
        { Or: null, FooPath: 'a' },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        { StringEquals: 'x', NumericEquals: 1 },
        { IsPresent: true, IsString: true },
      ),
    },
  ),
);

const plain: Arbitrary<RuleJson> = drawnLater(() =>
  fc
    .tuple(variable, fc.integer({ min: 0, max: 5 }), compared)
    .map(([Variable, odd, rest]) => present(odd === 0 ? { ...rest, Variable } : { Variable, ...rest })),
);
/** A comparison that mostly comes to an end, of an input that has it all. */
export const comparing: Arbitrary<RuleJson> = drawnLater(() =>
  fc
    .tuple(fc.constantFrom('$.a', '$.b', '$.d.e', '$.nothing'), compared)
    .map(([Variable, rest]) => ({ Variable, ...rest })),
);

/** Of a Choice: mostly of a kind that is there. */
export const rule: Arbitrary<RuleJson> = drawnLater(() =>
  fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: fc.array(plain, { minLength: 1, maxLength: 3 }).map((And) => ({ And })) },
    { weight: 1, arbitrary: fc.array(plain, { minLength: 1, maxLength: 3 }).map((Or) => ({ Or })) },
    { weight: 1, arbitrary: plain.map((Not) => ({ Not })) },
    { weight: 1, arbitrary: plain.map((each) => ({ Not: { And: [each, { Or: [each] }] } })) },
  ),
);
