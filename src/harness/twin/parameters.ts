/**
 * The parameters of a statement as a client of Postgres sends them, as texts, and as the server reads those: what it
 * cannot read it refuses, in its own words, before the statement begins.
 */
import { PostgresError } from './database-error.ts';
import { SimulationError, shown } from './simulation-error.ts';

/** What a client throws that is asked to send `undefined`. This never reaches the database. */
export const undefinedValue = () =>
  Object.assign(new TypeError('UNDEFINED_VALUE: Undefined values are not allowed'), {
    code: 'UNDEFINED_VALUE',
  });

/** As it is encoded: half a surrogate pair has no UTF-8, and becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(lone, '\ufffd');
const lone = /\p{Surrogate}/gu;

/** `text`. @throws PostgresError for U+0000, which no text of Postgres can hold */
export function readText(value: unknown): string | null {
  if (value === null) return null;
  const text = wellFormed(String(value));
  if (text.includes('\0')) {
    throw new PostgresError('invalid byte sequence for encoding "UTF8": 0x00', '22021');
  }
  return text;
}

type IntegerType = 'integer' | 'bigint';
const bits = { integer: 31n, bigint: 63n } as const;
/** With a sign, and white space of ASCII around it; in base ten or another; an underscore between two digits. */
const integer = /^[ \t-\r]*([+-]?)((?:\d_?)*\d|0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+)[ \t-\r]*$/i;

/** `integer` or `bigint`. @throws PostgresError where it is none, or out of range */
export function readInteger(value: unknown, type: IntegerType): bigint | null {
  if (value === null) return null;
  const text = readText(value) as string;
  const [, sign, digits] = integer.exec(text) ?? [];
  if (digits === undefined) {
    throw new PostgresError(`invalid input syntax for type ${type}: "${text}"`, '22P02');
  }
  const read = BigInt(digits.replaceAll('_', '')) * (sign === '-' ? -1n : 1n);
  const limit = 2n ** bits[type];
  if (read >= limit || read < -limit) {
    throw new PostgresError(`value "${text}" is out of range for type ${type}`, '22003');
  }
  return read;
}

/** `integer`, which JavaScript can count. @throws PostgresError where it is none, or out of range */
export function readInt4(value: unknown): number | null {
  const read = readInteger(value, 'integer');
  return read === null ? null : Number(read);
}

/** Groups of four digits, a hyphen after any of them. */
const uuid = /^(?:[\da-f]{4}-?){7}[\da-f]{4}$/i;

/** `uuid`, as Postgres prints it. @throws PostgresError where it is none */
export function readUuid(value: unknown): string | null {
  if (value === null) return null;
  const text = readText(value) as string;
  const inside = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
  if (!uuid.test(inside)) throw new PostgresError(`invalid input syntax for type uuid: "${text}"`, '22P02');
  const digits = inside.replaceAll('-', '').toLowerCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** An element of an array in its text: in quotation marks, or anything whose special characters have a backslash. */
const element = /^[ \t-\r]*(?:"((?:[^"\\]|\\.)*)"|((?:[^"\\{},]|\\.)+?))[ \t-\r]*(,|$)/s;

/**
 * The elements of an array that a client sends as one text: `{1,2}`.
 * @throws PostgresError where it is none
 * @throws SimulationError for one of several dimensions or with bounds
 */
export function readArray(value: unknown): (string | null)[] {
  const text = readText(value) as string;
  const malformed = () => new PostgresError(`malformed array literal: "${text}"`, '22P02');
  const trimmed = text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
  if (/^(?:\[|\{[ \t-\r]*\{)/.test(trimmed)) {
    throw new SimulationError(
      `the array ${shown(text)} has several dimensions or bounds, which the simulation does not read: expected a list`,
    );
  }
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}') || trimmed.length < 2) throw malformed();
  let rest = trimmed.slice(1, -1);
  const elements: (string | null)[] = [];
  if (/^[ \t-\r]*$/.test(rest)) return elements;
  for (;;) {
    const found = element.exec(rest);
    if (!found) throw malformed();
    const [all, quoted, bare = '', comma] = found;
    if (quoted === undefined && /^[ \t-\r]*$/.test(bare)) throw malformed();
    const isNull = quoted === undefined && /^null$/i.test(bare);
    elements.push(isNull ? null : (quoted ?? bare).replace(/\\(.)/gs, '$1'));
    if (comma === '') return elements;
    rest = rest.slice(all.length);
  }
}
