import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryJson } from '../../../src/harness/contract/arbitrary-json.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { type Jsonb, jsonbContains, jsonbEqual, jsonbRefusal } from '../../../src/model/kernel/jsonb.ts';
import type { QueryResult } from '../../../src/sql/driver.ts';
import { readRows } from '../../../src/sql/rows.ts';
import { seed } from '../campaign.ts';
import { driverFor } from '../open.ts';

const pgmq = findRelease('pgmq');

async function ask(text: string, ...params: (string | null)[]): Promise<QueryResult> {
  const driver = await driverFor(pgmq);
  const { results } = await driver.run({ at: 0, queries: [{ text, params }] });
  return results[0]!;
}

const rowOf = (result: QueryResult) => (result.kind === 'rows' ? readRows(result)[0] : undefined);

test('what jsonb refuses, and with which SQLSTATE, is what Postgres refuses', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '\0', '\ud83d', '\ude00', '😀', '"', '\\', '\n', 'é'),
  });
  const value = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.dictionary(text, text, { maxKeys: 3 }));
  await fc.assert(
    fc.asyncProperty(value, async (json) => {
      const result = await ask('select $1::jsonb as value', JSON.stringify(json));
      const sqlstate = result.kind === 'failure' ? result.sqlstate : undefined;
      expect(jsonbRefusal(json)?.sqlstate).toBe(sqlstate);
    }),
    { seed, numRuns: 400 },
  );
});

/** Pairs that are equal or contained often enough to tell something. */
const relatedJson: fc.Arbitrary<[Jsonb, Jsonb]> = fc.oneof(
  fc.tuple(arbitraryJson, arbitraryJson),
  fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 1 })),
  fc
    .letrec<{ small: Jsonb }>((tie) => ({
      small: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        fc.constantFrom<Jsonb>(null, true, 0, -0, 1, '1', ''),
        fc.array(tie('small'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('small'), { maxKeys: 3 }),
      ),
    }))
    .small.chain((whole) => fc.tuple(fc.constant(whole), partOf(whole))),
) as fc.Arbitrary<[Jsonb, Jsonb]>;

/** Something that may well be contained: pieces left out at random. */
function partOf(whole: Jsonb): fc.Arbitrary<Jsonb> {
  if (Array.isArray(whole)) {
    const inside = (whole as Jsonb[]).map((item) => partOf(item));
    return fc.oneof(fc.subarray(whole as Jsonb[]), fc.tuple(...inside), ...inside) as fc.Arbitrary<Jsonb>;
  }
  if (typeof whole !== 'object' || whole === null) return fc.oneof(fc.constant(whole), fc.constant([whole]));
  return fc.subarray(Object.entries(whole)).map((entries) => Object.fromEntries(entries));
}

test('equality and containment are those of jsonb', async () => {
  let contained = 0;
  await fc.assert(
    fc.asyncProperty(relatedJson, async ([a, b]) => {
      fc.pre(!jsonbRefusal(a) && !jsonbRefusal(b));
      const row = rowOf(
        await ask(
          'select $1::jsonb = $2::jsonb as equal, $1::jsonb @> $2::jsonb as contains, $1::jsonb as value',
          JSON.stringify(a),
          JSON.stringify(b),
        ),
      );
      expect({ equal: jsonbEqual(a, b), contains: jsonbContains(a, b) }).toEqual({
        equal: row?.equal,
        contains: row?.contains,
      });
      expect(jsonbEqual(row?.value as Jsonb, a)).toBe(true);
      if (row?.contains) contained++;
    }),
    { seed, numRuns: 800 },
  );
  // A test that never saw a containment would have shown nothing.
  expect(contained).toBeGreaterThan(100);
});

test('every finite double survives the way through jsonb', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
      const row = rowOf(await ask('select $1::jsonb as value', JSON.stringify(number)));
      expect(row?.value === number).toBe(true);
    }),
    { seed, numRuns: 200 },
  );
});
