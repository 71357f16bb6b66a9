/** Values that a caller could hand over as JSON, those included that jsonb refuses. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../model/kernel/jsonb.ts';
import { drawnLater, fc } from './fast-check.ts';

const awkward: readonly Jsonb[] = [
  -0,
  5e-324,
  1.7976931348623157e308,
  2 ** 53,
  0.1,
  1e21,
  '',
  '\u2028',
  '😀',
  JSON.parse('{"__proto__": 1, "constructor": null}'),
  { '': [] },
  [[[[]]]],
];

const refused: readonly Jsonb[] = [
  '\0',
  'a\0b',
  { 'k\0': 1 },
  '\ud800',
  ['\udc00'],
  { a: '\ud800\0' },
  ['\0', '\ud800'],
];

/** Mostly small values of every type; about one in forty is refused by jsonb. */
export const arbitraryJson: Arbitrary<Jsonb> = drawnLater(() =>
  fc.oneof(
    { weight: 20, arbitrary: fc.jsonValue({ maxDepth: 2 }) as Arbitrary<Jsonb> },
    { weight: 12, arbitrary: fc.constantFrom<Jsonb>(null, true, false, 0, 1, 'x', [], {}, { a: 1 }, [1, 2]) },
    { weight: 6, arbitrary: fc.constantFrom(...awkward) },
    { weight: 1, arbitrary: fc.constantFrom(...refused) },
  ),
);
