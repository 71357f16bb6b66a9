/** Numbers of jsonb, read as they are: one that JavaScript would change is not taken for another. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sameValue } from '../../../src/harness/contract/sameness.ts';
import { showValue } from '../../../src/harness/lockstep/values.ts';
import { ExactNumber, parseJson } from '../../../src/sql/json-text.ts';
import { readValue } from '../../../src/sql/rows.ts';
import { forAll } from '../../support/for-all.ts';

describe('a number in JSON', () => {
  it.each([
    ...['0', '-0', '-0.0e5', '0.1', '1.50', '1e308', '1e23', '5e-324', '0.30000000000000004'],
    ...['9007199254740992', '123456789012345680000', '1.00000000000000000000000', '100000000000000000000000'],
  ])('that JavaScript holds is that number: %s', (text) => {
    expect(parseJson(text)).toBe(JSON.parse(text));
  });

  it.each([
    ...['9007199254740993', '-12345678901234567890', '0.1000000000000000000001', '1e400', '-1e400', '1e-400'],
    ...['0.1000000000000000055511151231257827', '1.7976931348623157e309'],
  ])('that JavaScript would change stays what it is: %s', (text) => {
    const read = parseJson(`{"a":["${text}",${text}]}`) as { a: [string, ExactNumber] };
    expect(read.a[0]).toBe(text);
    expect(read.a[1]).toBeInstanceOf(ExactNumber);
    expect(read.a[1].digits).toBe(text);
    expect(sameValue(read.a[1], Number(text))).toBe(false);
  });

  it('is the same with more zeros', () => {
    expect(sameValue(parseJson('9007199254740993.00'), parseJson('9007199254740993'))).toBe(true);
    expect(sameValue(parseJson('9007199254740993'), parseJson('9007199254740995'))).toBe(false);
  });
});

test('what is in texts and keys is no number', () => {
  const text = String.raw`{"9007199254740993":"\"9007199254740993","\\":"9007199254740993\\","__proto__":"1e400"}`;
  expect(parseJson(text)).toEqual(JSON.parse(text));
  expect(parseJson('{"\ue000":9007199254740993,"b":"\ue0009007199254740993"}')).toEqual({
    '\ue000': new ExactNumber('9007199254740993'),
    b: '\ue0009007199254740993',
  });
});

test('what JSON.stringify writes is read as JSON.parse reads it', () => {
  forAll(fc.jsonValue(), 2000, (value) => {
    const text = JSON.stringify(value);
    expect(parseJson(text)).toStrictEqual(JSON.parse(text));
  });
});

test('what is no JSON is refused as JSON.parse refuses it', () => {
  for (const text of ['9007199254740993x', '[9007199254740993', '"9007199254740993', '1e400 1'])
    expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('a number is shown as the number that it is, and a text of the same digits as a text', () => {
  const read = (text: string) => readValue(text, 3802);
  const shown = (text: string) => showValue(read(text), 0);
  expect(shown('{"n":9007199254740993}')).toBe('{"n":9007199254740993}');
  expect(shown('{"n":"9007199254740993"}')).toBe('{"n":"9007199254740993"}');
  expect(shown('[1e400,"a",-0.1000000000000000000001]')).toBe('[1e400,"a",-0.1000000000000000000001]');
  expect(shown('9007199254740993')).toBe('9007199254740993');
  expect(shown('["\ue000number 5","\ue0005",1e400]')).toBe('["\ue000number 5","\ue0005",1e400]');
});

test('a value of a jsonb column has all its digits', () => {
  expect(readValue('{"id": 9007199254740993}', 3802)).toEqual({ id: new ExactNumber('9007199254740993') });
});
