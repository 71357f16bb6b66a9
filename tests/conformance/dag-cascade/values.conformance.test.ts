/** Values as texts: what the model writes is what Postgres writes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryJson } from '../../../src/harness/contract/arbitrary-json.ts';
import { findRelease } from '../../../src/harness/services.ts';
import {
  intervalFormat,
  intervalOf,
  intervalPretty,
  intervalText,
  jsonbText,
  quoteLiteral,
} from '../../../src/model/dag-cascade/values.ts';
import { arrayText } from '../../../src/model/kernel/array-text.ts';
import { type Jsonb, jsonbRefusal } from '../../../src/model/kernel/jsonb.ts';
import { seed } from '../campaign.ts';
import { driverFor } from '../open.ts';

/** What Postgres makes of each of these, in one query: `expression` is about `value`, an element of a JSON array. */
async function ask(expression: string, values: readonly unknown[]): Promise<(string | null)[]> {
  const driver = await driverFor(findRelease('dag-cascade'));
  const text = `select ${expression} from jsonb_array_elements($1::jsonb) with ordinality as _(value, place) order by place`;
  const { results } = await driver.run({ at: 0, queries: [{ text, params: [JSON.stringify(values)] }] });
  const [result] = results;
  if (result?.kind !== 'rows') throw new Error(JSON.stringify(result));
  return result.rows.map(([answer]) => answer as string | null);
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = 400): T[] =>
  fc.sample(arbitrary, { seed: seed | 0, numRuns });

const day = 86_400_000;
const interval = fc.oneof(
  fc.integer({ min: 0, max: 200 }),
  fc.nat(70_000),
  fc.nat(3 * day),
  fc.nat(400 * day),
  // Whole units, and what is just beside them.
  fc
    .tuple(fc.constantFrom(10, 100, 1000, 60_000, 3_600_000, day), fc.integer({ min: 0, max: 61 }))
    .chain(([unit, times]) =>
      fc.integer({ min: -1, max: 1 }).map((beside) => Math.max(0, unit * times + beside)),
    ),
  fc.constantFrom(0, 5, 50, 500, 9_950, 9_949, 59_499, 59_500, 59_950, 59_999),
);

test('an interval', async () => {
  const values = [...sample(interval), ...sample(interval).map((ms) => -ms)];
  const written = values.map(intervalText);
  expect(written).toEqual(await ask("(value::text || ' milliseconds')::interval::text", values));
  expect(written.map(intervalOf)).toEqual(values.map((ms) => ms + 0));
  expect(written.filter((text) => !intervalFormat.test(text))).toEqual([]);
});

test('an interval for people', async () => {
  const values = sample(interval, 1500);
  // The difference of two instants, which counts days.
  const asked = 'async.interval_pretty(to_timestamp(value::numeric / 1000) - to_timestamp(0))';
  expect(values.map((ms) => `${ms} ${intervalPretty(ms)}`)).toEqual(
    (await ask(asked, values)).map((answer, i) => `${values[i]} ${answer}`),
  );
});

const odd = fc.string({
  unit: fc.constantFrom(
    'a',
    'B',
    ' ',
    '"',
    "'",
    '\\',
    '{',
    '}',
    ',',
    '\n',
    '\t',
    '\u007f',
    '\u001f',
    'é',
    '😀',
    '\u2028',
  ),
  maxLength: 6,
});

test('JSON', async () => {
  const keyed = fc.dictionary(odd, fc.oneof(odd, fc.nat()), { maxKeys: 5 });
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(-0, 1e21, 1e-7, 5e-324),
  );
  const plain = fc.oneof(odd, keyed, fc.array(keyed, { maxLength: 3 }), arbitraryJson, fc.integer());
  const values = sample(plain as fc.Arbitrary<Jsonb>, 600).filter(
    (value) => jsonbRefusal(value) === undefined,
  );
  expect(values.length).toBeGreaterThan(300);
  expect(values.map(jsonbText)).toEqual(await ask('value::text', values));
  const numbers = sample(number);
  expect(numbers.map(jsonbText)).toEqual(await ask('value::text', numbers));
});

test('a literal', async () => {
  const values = ["it's", '\\', '', ...sample(odd)];
  expect(values.map(quoteLiteral)).toEqual(await ask("quote_literal(value #>> '{}')", values));
});

test('an array of texts', async () => {
  const item = fc.oneof(odd, fc.constantFrom(null, 'null', 'NULL', 'nuLL', '', 'a b', '\u00a0', '\v', '\f'));
  const values = [[], [null], ...sample(fc.array(item, { maxLength: 4 }))];
  const asked = `coalesce((select array_agg(each order by n) from jsonb_array_elements_text(value) with ordinality as _(each, n)), '{}')::text`;
  expect(values.map(arrayText)).toEqual(await ask(asked, values));
});
