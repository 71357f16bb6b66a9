/** How many bytes a value takes as Postgres writes jsonb: what a limit on data is measured by. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isArray } from '../../shared/paths.ts';

/** Bytes: 256 KiB. */
export const largest = 262_144;

const known = new WeakMap<object, number>();

/** Of parts that are in many values, the size is kept. */
export function sizeOf(value: Jsonb): number {
  if (typeof value === 'string') return textSize(value);
  if (typeof value === 'number') return numberSize(value);
  if (typeof value !== 'object' || value === null) return value === false ? 5 : 4;
  const before = known.get(value);
  if (before !== undefined) return before;
  const size = isArray(value)
    ? listSize(value.map(sizeOf))
    : listSize(Object.entries(value).map(([key, each]) => textSize(key) + 2 + sizeOf(each)));
  known.set(value, size);
  return size;
}

/** Brackets, and a comma and a blank between two. */
const listSize = (sizes: readonly number[]): number =>
  2 + sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, sizes.length - 1) * 2;

/** All others are written with more than one byte. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7f]*$/;
const encoder = new TextEncoder();

function textSize(text: string): number {
  if (plain.test(text)) return text.length + 2;
  return encoder.encode(JSON.stringify(text)).length;
}

/** Surprise: Postgres writes no exponents. */
function numberSize(number: number): number {
  const text = String(number);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text.length;
  const [, sign = '', , decimals = '', exponent] = match;
  const power = Number(exponent);
  if (power < 0) return sign.length + 2 - power + decimals.length;
  return sign.length + 1 + Math.max(power, decimals.length);
}
