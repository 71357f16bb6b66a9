/** JSON as jsonb sees it: when two values are equal, when one contains the other, and what is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Jsonb,
  jsonbContains,
  jsonbEqual,
  jsonbObject,
  jsonbRefusal,
} from '../../../src/model/kernel/jsonb.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

// Few scalars and few keys, so that two values that are drawn apart are often alike.
const { json } = fc.letrec<{ json: Jsonb }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, depthSize: 'medium' },
    { weight: 3, arbitrary: fc.constantFrom<Jsonb>(null, true, 0, -0, 1, 1.5, 'a', '') },
    { weight: 1, arbitrary: fc.array(tie('json'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.constantFrom('a', 'b', '', '__proto__'), tie('json'), { maxKeys: 3 }),
    },
  ),
}));

/** The same value written otherwise: keys the other way round, zeros with the other sign. */
function rewritten(value: Jsonb): Jsonb {
  if (value === 0) return Object.is(value, 0) ? -0 : 0;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rewritten);
  const entries = Object.entries(value as { [key: string]: Jsonb }).map(
    ([key, item]) => [key, rewritten(item)] as const,
  );
  return jsonbObject(entries.reverse());
}

/** A part of a value: fewer keys, fewer items, in another order, with repetitions. */
const partOf = (value: Jsonb): fc.Arbitrary<Jsonb> => {
  if (typeof value !== 'object' || value === null) return fc.constant(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return fc.constant([]);
    return fc.array(fc.constantFrom(...value).chain(partOf), { maxLength: 4 });
  }
  return fc
    .subarray(Object.entries(value as { [key: string]: Jsonb }))
    .chain((entries) =>
      fc
        .tuple(...entries.map(([key, item]) => partOf(item).map((part) => [key, part] as const)))
        .map((parts) => jsonbObject(parts)),
    );
};

const chains = json.chain((whole) =>
  partOf(whole).chain((part) => partOf(part).map((smallest) => [whole, part, smallest] as const)),
);

describe('equality of jsonb', () => {
  it('ignores the order of keys and the sign of zero', () => {
    forAll(json, 500, (value) => {
      expectSame([jsonbEqual(value, value), jsonbEqual(value, rewritten(value))], [true, true]);
    });
  });

  it('is symmetric, and says what a canonical text says', () => {
    const canonical = (value: Jsonb): string => {
      if (typeof value !== 'object' || value === null) return JSON.stringify(value);
      if (Array.isArray(value)) return `[${value.map(canonical)}]`;
      const entries = Object.entries(value as { [key: string]: Jsonb }).sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)}}`;
    };
    let equal = 0;
    forAll(fc.tuple(json, json), 2000, ([a, b]) => {
      const same = canonical(a) === canonical(b);
      expectSame([jsonbEqual(a, b), jsonbEqual(b, a)], [same, same]);
      if (same) equal++;
    });
    expect(equal).toBeGreaterThan(0);
  });

  it('tells apart what looks alike', () => {
    const values: Jsonb[] = [null, false, 0, '', '0', [], {}, [null], { a: null }, [[]], { '': {} }];
    for (const [i, a] of values.entries()) {
      for (const [j, b] of values.entries()) expect(jsonbEqual(a, b)).toBe(i === j);
    }
  });
});

describe('containment of jsonb', () => {
  it('holds between a value and itself, and between a value and every part of it', () => {
    forAll(chains, 500, ([whole, part]) => {
      expectSame([jsonbContains(whole, whole), jsonbContains(whole, part)], [true, true]);
    });
  });

  it('is transitive', () => {
    let chained = 0;
    forAll(fc.oneof(chains, fc.tuple(json, json, json)), 2000, ([a, b, c]) => {
      if (!jsonbContains(a, b) || !jsonbContains(b, c)) return;
      chained++;
      expectSame(jsonbContains(a, c), true);
    });
    expect(chained).toBeGreaterThan(100);
  });

  it('does not see how a value is written', () => {
    forAll(fc.oneof(fc.tuple(json, json), chains), 1000, ([a, b]) => {
      const contains = jsonbContains(a!, b!);
      expectSame([jsonbContains(rewritten(a!), b!), jsonbContains(a!, rewritten(b!))], [contains, contains]);
    });
  });

  it('both ways is not equality: an array may say a thing twice, in any order', () => {
    expect(jsonbContains([1, 1, 2], [2, 1])).toBe(true);
    expect(jsonbContains([2, 1], [1, 1, 2])).toBe(true);
    expect(jsonbEqual([1, 1, 2], [2, 1])).toBe(false);
  });

  it('of a bare scalar in an array holds at the top and nowhere below', () => {
    expect(jsonbContains([1, 2], 1)).toBe(true);
    expect(jsonbContains([[1], 2], 1)).toBe(false);
    expect(jsonbContains([[1, 2]], [1])).toBe(false);
    expect(jsonbContains({ a: [1, 2] }, { a: 1 })).toBe(false);
    expect(jsonbContains({ a: [1, 2] }, { a: [1] })).toBe(true);
    // The other way round it never does.
    expect(jsonbContains(1, [1])).toBe(false);
    expect(jsonbContains([{ a: 1 }], { a: 1 })).toBe(false);
  });

  it('of the empty object or array holds in every object or array', () => {
    forAll(json, 500, (value) => {
      const isArray = Array.isArray(value);
      const isObject = typeof value === 'object' && value !== null && !isArray;
      expectSame([jsonbContains(value, {}), jsonbContains(value, [])], [isObject, isArray]);
    });
  });
});

describe('objects of jsonb', () => {
  it('are made of their entries, the last of a key winning, whatever the key is called', () => {
    const key = fc.constantFrom('a', 'b', '__proto__', 'constructor', '1');
    forAll(fc.array(fc.tuple(key, json)), 300, (entries) => {
      const object = jsonbObject(entries);
      const last = new Map(entries);
      expectSame(Object.keys(object).sort(), [...last.keys()].sort());
      for (const [name, value] of last) expectSame(object[name], value);
    });
  });
});

describe('what jsonb refuses', () => {
  const texts = fc.array(fc.constantFrom('a', 'é', '😀', '\0', '\ud83d', '\ude00'), { maxLength: 5 });

  it('is U+0000 and a surrogate without its other half, whichever comes first', () => {
    forAll(texts, 1000, (parts) => {
      const text = parts.join('');
      let expected: string | undefined;
      for (let i = 0; i < text.length && expected === undefined; i++) {
        const code = text.charCodeAt(i);
        const next = text.charCodeAt(i + 1);
        if (code === 0) expected = '22P05';
        else if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) i++;
        else if (code >= 0xd800 && code < 0xe000) expected = '22P02';
      }
      expectSame(jsonbRefusal(text)?.sqlstate, expected);
    });
  });

  it('is found in keys as in values, at any depth, in the order of the text', () => {
    expect(jsonbRefusal({ ok: [{ 'k\0': '\ud800' }] })?.sqlstate).toBe('22P05');
    expect(jsonbRefusal([1, { '\ud800': '\0' }])?.sqlstate).toBe('22P02');
    expect(jsonbRefusal([['\0'], '\ud800'])?.sqlstate).toBe('22P05');
    expect(jsonbRefusal([['\ud800'], '\0'])?.sqlstate).toBe('22P02');
  });

  it('is nothing else: not SQL NULL, not any value without such text', () => {
    expect(jsonbRefusal(undefined)).toBeUndefined();
    forAll(json, 500, (value) => expectSame(jsonbRefusal(value), undefined));
  });
});
