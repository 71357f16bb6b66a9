/**
 * Values of columns as a recording has them: JSON that any program reads without losing anything. Three things have a mark:
 * `{"$sql": "null"}` is SQL NULL in a column of JSON, where `null` is JSON's own; `{"$number": "..."}` a number that JSON has not, or
 * many programs would misread; and `{"$json": "..."}` JSON of which the same is true of a part, or that looks like a mark.
 */
import type { Row } from '../../model/kernel/transition.ts';
import { ExactNumber, parseJson } from '../../sql/json-text.ts';

export type Encoded =
  | null
  | string
  | number
  | boolean
  | readonly unknown[]
  | { readonly [key: string]: unknown };
export type EncodedRow = { readonly [column: string]: Encoded };

const sqlNull: Encoded = { $sql: 'null' };

export function encodeValue(value: unknown): Encoded {
  switch (typeof value) {
    case 'undefined':
      return sqlNull;
    case 'bigint':
      return { $number: String(value) };
    case 'number':
      return Number.isFinite(value) ? value : { $number: String(value) };
    case 'object':
      if (value === null) return null;
      return isPlain(value) && markOf(value) === undefined ? (value as Encoded) : { $json: jsonText(value) };
    default:
      return value as string | boolean;
  }
}

export function decodeValue(value: Encoded): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const mark = markOf(value);
  if (mark === undefined) return value;
  const text = (value as Record<string, string>)[mark]!;
  if (mark === '$sql') {
    if (text === 'null') return undefined;
    throw new Error(`{"$sql": ${JSON.stringify(text)}} is not known: only {"$sql": "null"} is`);
  }
  if (mark === '$json') return parseJson(text);
  // Integers that no JavaScript number holds, and what is no number at all.
  if (/^-?\d{1,1000}$/.test(text)) return BigInt(text);
  if (noNumbers.has(text)) return Number(text);
  throw new Error(
    `${JSON.stringify(text)} is no number that has a mark: only an integer, NaN, Infinity and -Infinity are`,
  );
}

export function encodeRow(row: Row): EncodedRow {
  const encoded: Record<string, Encoded> = {};
  for (const column in row) encoded[column] = encodeValue(row[column]);
  return encoded;
}

/** The row itself where nothing in it has a mark. Throws Error for a mark with something else than it can have. */
export function decodeRow(row: EncodedRow): Row {
  let decoded: Record<string, unknown> | undefined;
  for (const column in row) {
    const value = row[column]!;
    if (typeof value !== 'object' || value === null || markOf(value) === undefined) continue;
    decoded ??= { ...row };
    decoded[column] = decodeValue(value);
  }
  return decoded ?? row;
}

const noNumbers: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity']);
const marks: ReadonlySet<string> = new Set(['$sql', '$json', '$number']);

function markOf(value: object): string | undefined {
  const keys = Object.keys(value);
  const [mark] = keys;
  if (keys.length !== 1 || !marks.has(mark!)) return undefined;
  return typeof Object.values(value)[0] === 'string' ? mark : undefined;
}

/** Whether every program reads it as it is. */
function isPlain(value: unknown): boolean {
  if (value instanceof ExactNumber || typeof value === 'bigint') return false;
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isPlain);
  return typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value);
}

function jsonText(value: unknown): string {
  if (value instanceof ExactNumber) return value.digits;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`);
  return `{${members.join(',')}}`;
}
