/** Random inputs, and paths that mostly find something in them. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';

/** Now and then. */
export const seldom = <T>(arbitrary: Arbitrary<T>, weight = 3): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10, arbitrary: fc.constant(undefined) }, { weight, arbitrary });

const numbers = [0, 1, 2, 2.5, -1];
const texts = ['x', 'xy', 'x*', 'a\\b', 'é', '\u{1f600}', '\uffee', 'x\ny', ''];
const timestamps = [
  ...['2030-01-01T00:00:05Z', '2030-01-01T01:00:05+01:00', '2030-01-01T00:00:05.0009Z'],
  ...[
    '2029-12-31T23:59:59.999Z',
    '2024-02-29T00:00:00-23:59',
    '2030-01-01T20:00:05+20:00',
    '2031-07-01T12:00:00.5Z',
  ],
  // None.
  ...['2030-02-30T00:00:00Z', '2030-01-01 00:00:00Z'],
];

/** What all comparisons find something in. */
const whole = drawnLater(() =>
  fc
    .record({
      ...{ a: fc.constantFrom(...numbers), b: fc.constantFrom(...texts), s: fc.constantFrom(0, 1, 2, 30) },
      c: fc.array(fc.constantFrom<Jsonb>(1, 2, 'x', { a: 1 }, null), { maxLength: 5 }),
      d: fc.record({
        ...{ e: fc.boolean(), g: fc.boolean(), h: fc.constantFrom(...texts) },
        ...{
          f: fc.constantFrom(...timestamps),
          i: fc.constantFrom(...timestamps),
          n: fc.constantFrom(...numbers),
        },
      }),
      z: fc.constant(null),
    })
    .map((value): Jsonb => value),
);

export const inputs = drawnLater(() =>
  fc.oneof(
    { weight: 16, arbitrary: whole },
    {
      weight: 5,
      arbitrary: fc.constantFrom<Jsonb>(
        ...[{}, [], [1, 2], [{ a: 1 }, { a: 2 }, { b: 3 }], null, 7, 'text', true],
        ...[
          { c: { '0': 1 }, 'odd key': { 'x-y': [1] } },
          { a: null, d: null },
          { a: 1.5e21, b: -2.5e-8 },
        ],
      ),
    },
  ),
);

/** How many items there are in a Map of many. */
export const manyItems = drawnLater(() =>
  fc.integer({ min: 0, max: 60 }).map((size): Jsonb => Array.from({ length: size }, (_, i) => ({ i }))),
);

const found = ['$', '$.a', '$.b', '$.c', '$.d', '$.d.e', '$.c[0]', "$['d']['h']", '$.d.f', '$.s', '$.z'];
const ofContext = ['$$', '$$.Execution.Input', '$$.State.Name', '$$.State.RetryCount', '$$.Task.Token'];
const ofItem = ['$$.Map.Item.Index', '$$.Map.Item.Value', '$$.Execution.StartTime', '$$.StateMachine.Id'];
const lost = ['$.nothing', '$[0]', '$.c[9]', '$$.nothing', "$['odd key']['x-y'][0]", '$.a.b'];

export const path = drawnLater(() =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...found) },
    { weight: 3, arbitrary: fc.constantFrom(...ofContext, ...ofItem) },
    { weight: 2, arbitrary: fc.constantFrom(...lost) },
  ),
);

/** Of a state's input or output. */
export const throughPath = drawnLater(() =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constant(undefined) },
    { weight: 5, arbitrary: fc.constantFrom<string | null>('$', '$.d', '$', null) },
    { weight: 2, arbitrary: path },
  ),
);

export const resultPath = drawnLater(() =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constant(undefined) },
    { weight: 8, arbitrary: fc.constantFrom<string | null>('$', null, '$.r', '$.a', '$.d.r', '$.r.s', '$') },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...[
          '$.c[0]',
          '$[0]',
          '$[1]',
          '$.c[3]',
          '$.a.x',
          '$.r[0]',
          '$.z.x',
          "$['new key'].y",
          '$.c.x',
          '$[0].a',
        ],
        ...['$.c[0].a', '$.b.x'],
      ),
    },
  ),
);

export const template = drawnLater(() =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .dictionary(
          fc.constantFrom('a.$', 'b.$', 'c.$', 's.$', 'other.$'),
          fc.constantFrom(...found, ...found, ...ofContext, ...ofItem),
          { minKeys: 1, maxKeys: 3 },
        )
        .map((each): Jsonb => each),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom<Jsonb>(
        ...[{ fixed: [1, { 'again.$': '$' }], 'c.$': '$' }, [{ 'x.$': '$' }, 'text', null], 'text', null, {}],
        ...[
          { 'x.$': '$.a', x: 1, y: { 'x.$': '$$.Execution.Id' } },
          { 'a.$': '$', b: 'x', c: [1, 2, 3], s: 1 },
        ],
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Jsonb>(
        { 'x.$': '$.nothing', y: [{ 'x.$': '$.lost' }] },
        { 'x.$': '$$.nothing' },
        { 'x.$': '$.c[3]' },
      ),
    },
  ),
);

/** What the SQL does not know as a path. */
export const brokenPath = drawnLater(() =>
  fc.constantFrom(
    ...[
      'a',
      '$a',
      '$.',
      '$..a',
      '$.a[*]',
      '$[',
      "$['a",
      'States.UUID()',
      '$ ',
      '$[00]',
      '$[-1]',
      '',
      '$.a b',
    ],
    ...['$[1234567890]', '$$$', "$['a\\b']", '$.é', '$[?(@.a)]', '$.a[0:1]'],
  ),
);
