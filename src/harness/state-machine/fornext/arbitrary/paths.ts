/** Random values, and paths that mostly find something in them. */
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';

export const inputs = drawnLater(() =>
  fc.constantFrom<Jsonb>(
    { a: 1, b: 'x', c: [2, 2, 3], d: { e: true, g: false } },
    { a: 2, b: 'xy', c: [1, 'x', 3], d: { e: true, g: true, h: 'x' } },
    { a: 1, b: 'x', c: [1], d: { e: false, g: true, h: 'z' } },
    { a: 2.5, b: 'xyz', c: [], d: { e: null, f: '2030-01-01T00:00:00Z' } },
    // In UTF-16 the first of these comes before the second, by its bytes after it.
    { a: 1, b: '\u{1f600}', c: [1], d: { e: true, h: '\uffee' } },
    { a: -1, b: 'x\ny', c: ['é'], d: { e: true, h: 'é' } },
    { a: null, b: '', c: [{ a: 1 }, { a: 2 }] },
    {},
    [1, 2],
    [{ a: 1, b: 'x' }, { a: 2 }],
    [],
    null,
    7,
    'text',
    true,
    ['a\0b'],
  ),
);

const texts = ['x', 'xy', 'z', 'é', '\u{1f600}', '\uffee', 'x\ny', ''];
const numbers = [-1, 0, 1, 2, 2.5];

/** What all comparisons find something in. */
export const wholeInputs = drawnLater(() =>
  fc
    .tuple(
      fc.constantFrom(...numbers),
      fc.constantFrom(...numbers),
      fc.constantFrom(...texts),
      fc.constantFrom(...texts),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([a, c, b, h, e, g]): Jsonb => ({ a, b, c: [c], d: { e, g, h } })),
);

/** Of a state's input or output. */
export const valuePath = drawnLater(() =>
  fc.oneof(
    { weight: 10, arbitrary: fc.constant(undefined) },
    { weight: 4, arbitrary: fc.constantFrom('$', '$.a', '$.c', '$.d', '$.d.e', '$.c[0]', '$.c[-1]', '') },
    { weight: 1, arbitrary: fc.constantFrom(null, '$.nothing', '$[0]', '$[5].a', '$$', '$$.a') },
  ),
);

/** Where something is in the way, or nothing is. */
export const oddResultPath = drawnLater(() =>
  fc.constantFrom(
    ...['$.c[0]', '$[0]', '$[1]', '$[-1]', '$[9]', '$.a.x', '$.r[0]', '$.r[0].s', '$.b.x', '$.c.x'],
    ...['$.d[0]', '$[0].a', '$[-9]', '$.c[0].a', '$.d.e.x', '$[0][0]'],
  ),
);

export const resultPath = drawnLater(() =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 5, arbitrary: fc.constantFrom('$', '', '$.r', '$.a', '$.d.r', '$.r.s', null) },
    { weight: 3, arbitrary: oddResultPath },
  ),
);

export const variable = drawnLater(() =>
  fc.oneof(
    {
      weight: 9,
      arbitrary: fc.constantFrom('$.a', '$.b', '$.d.e', '$.d.h', '$.c[0]', '$', '$.d.f', '$.c', '$.d'),
    },
    { weight: 1, arbitrary: fc.constantFrom('$.nothing', '$[0]', undefined, null) },
  ),
);

/** What no path may be. */
export const brokenPath = drawnLater(() =>
  fc.constantFrom(
    'a',
    '$a',
    '$.',
    '$..a',
    '$.a[*]',
    '$[',
    '$.a-b',
    'States.UUID()',
    '$ ',
    '$.1',
    '$[00]',
    '$[-0]',
    '$[1234567890]',
  ),
);
