/** Random values, and paths that mostly find something in them. */
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';

export const inputs = drawnLater(() =>
  fc.constantFrom<Jsonb>(
    { a: 1, b: 'x', c: [1, 2, 3], d: { e: true } },
    { a: 1, b: 'x', c: [1, 2, 3], d: { e: true } },
    { a: 1, b: 'x', c: [1], d: { e: false } },
    { a: 2.5, b: 'xyz', c: [], d: { e: null, f: '2030-01-01T00:00:00Z' } },
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
      arbitrary: fc.constantFrom('$.a', '$.b', '$.d.e', '$.c[0]', '$', '$.d.f', '$.c', '$.d'),
    },
    { weight: 1, arbitrary: fc.constantFrom('$.nothing', '$[0]', undefined, null) },
  ),
);

/** What no path may be. */
export const brokenPath = drawnLater(() =>
  fc.constantFrom('a', '$a', '$.', '$..a', '$.a[*]', '$[', '$.a-b', 'States.UUID()', '$ ', '$.1'),
);
