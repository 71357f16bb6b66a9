/**
 * JSON as Postgres' jsonb sees it. A jsonb value is the plain JavaScript value; jsonb keeps neither the order of
 * keys nor the sign of zero, so two values are told apart by `jsonbEqual` alone.
 */
import type { SqlError } from './sql-error.ts';

export type Jsonb = null | boolean | number | string | readonly Jsonb[] | { readonly [key: string]: Jsonb };

/** A column of type jsonb: `undefined` is SQL NULL, `null` is JSON's null. */
export type NullableJsonb = Jsonb | undefined;

type JsonObject = { readonly [key: string]: Jsonb };

const isArray = (value: Jsonb): value is readonly Jsonb[] => Array.isArray(value);
const isObject = (value: Jsonb): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: Jsonb) => typeof value !== 'object' || value === null;

/** `a = b` of two jsonb values. */
export function jsonbEqual(a: Jsonb, b: Jsonb): boolean {
  // Numbers are numeric in jsonb, so -0 is 0 and there is no NaN.
  if (a === b) return true;
  if (isArray(a)) {
    return isArray(b) && a.length === b.length && a.every((item, i) => jsonbEqual(item, b[i]!));
  }
  if (isObject(a)) {
    if (!isObject(b)) return false;
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && jsonbEqual(a[key]!, b[key]!))
    );
  }
  return false;
}

/** `whole @> part`. */
export function jsonbContains(whole: Jsonb, part: Jsonb): boolean {
  // Surprise: an array contains a bare scalar, but only at the top.
  if (isArray(whole) && isScalar(part)) return whole.some((item) => jsonbEqual(item, part));
  return containsNested(whole, part);
}

function containsNested(whole: Jsonb, part: Jsonb): boolean {
  if (isArray(part)) {
    return isArray(whole) && part.every((wanted) => whole.some((item) => containsNested(item, wanted)));
  }
  if (isObject(part)) {
    return (
      isObject(whole) &&
      Object.keys(part).every((key) => Object.hasOwn(whole, key) && containsNested(whole[key]!, part[key]!))
    );
  }
  return jsonbEqual(whole, part);
}

/** An object of these entries, the last of a key winning; safe for keys such as `__proto__`. */
export function jsonbObject(entries: Iterable<readonly [string, Jsonb]>): JsonObject {
  const object: { [key: string]: Jsonb } = {};
  for (const [key, value] of entries) {
    // Assigning to it would set the prototype.
    if (key === '__proto__')
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    else object[key] = value;
  }
  return object;
}

/** A column's value inside a jsonb value: SQL NULL becomes JSON's null. */
export function toJsonb(value: NullableJsonb): Jsonb {
  return value === undefined ? null : value;
}

/** jsonb cannot hold U+0000. */
export const unsupportedUnicode: SqlError = { sqlstate: '22P05' };
/** A surrogate without its other half is no JSON text. */
export const invalidJsonText: SqlError = { sqlstate: '22P02' };

/**
 * Why `select $1::jsonb` refuses the value, or nothing if it takes it. The text is read from left to right, so
 * the first fault in it decides. Values that are no JSON (NaN, undefined, cycles) are the caller's mistake.
 */
export function jsonbRefusal(value: NullableJsonb): SqlError | undefined {
  if (typeof value === 'string') return textRefusal(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (isArray(value)) {
    for (const item of value) {
      const refusal = jsonbRefusal(item);
      if (refusal) return refusal;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const refusal = textRefusal(key) ?? jsonbRefusal((value as JsonObject)[key]);
    if (refusal) return refusal;
  }
  return undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what this looks for.
const suspicious = /[\u0000\ud800-\udfff]/;

function textRefusal(text: string): SqlError | undefined {
  if (!suspicious.test(text)) return undefined;
  // By code point: a surrogate that shows up here has no other half.
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code === 0) return unsupportedUnicode;
    if (code >= 0xd800 && code <= 0xdfff) return invalidJsonText;
  }
  return undefined;
}
