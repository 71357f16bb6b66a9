/** Plain JSON, and what the language says about it: sizes, instants, order. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What a state fails with. Thrown while it runs. */
export class StateError extends Error {
  readonly error: string | null;
  override readonly cause: string | null;

  constructor(error: string | null, cause: string | null = null) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
  }
}
export const runtime = (cause: string) => new StateError('States.Runtime', cause);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
export const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function same(a: Json, b: Json): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((each, i) => same(each, b[i]!));
  if (!isMap(a)) return a === b;
  const keys = Object.keys(a);
  return (
    isMap(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key]!, b[key]!))
  );
}

/** The text of a value with its keys in order: two values are the same where these are. */
export function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`);
  return `{${fields.join()}}`;
}

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const causeOfFunction = /"Cause":"States[.:](\\.|[^"\\])*"/g;
/** The same, without what is left to each implementation: what States.UUID draws, and in which words a function tells its failure. */
export const comparable = (value: Json): string =>
  canonical(value).replace(uuid, 'uuid').replace(causeOfFunction, '"Cause":"of a function"');

/** Its bytes as a database writes it: a blank after each comma and each colon. */
function bytesOf(value: Json): number {
  if (isList(value)) return 2 + sum(value.map(bytesOf)) + 2 * Math.max(0, value.length - 1);
  if (!isMap(value)) return Buffer.byteLength(JSON.stringify(value));
  const fields = Object.entries(value);
  const own = fields.map(([key, each]) => bytesOf(key) + 2 + bytesOf(each));
  return 2 + sum(own) + 2 * Math.max(0, fields.length - 1);
}
const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);

export const isTooLarge = (value: Json): boolean => bytesOf(value) > 262_144;

const stamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Milliseconds, what is finer cut off; undefined where the text is no timestamp of RFC 3339. */
export function timeOf(text: Json): number | undefined {
  const found = typeof text === 'string' ? stamp.exec(text) : null;
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number) as number[];
  const [fraction = '', sign = '+', hours = '0', minutes = '0'] = found.slice(7);
  const date = new Date(0);
  date.setUTCFullYear(year!, month! - 1, day!);
  const isDay = year! > 0 && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
  if (!isDay || hour! > 23 || minute! > 59 || second! > 59 || +hours > 23 || +minutes > 59) return undefined;
  date.setUTCHours(hour!, minute!, second!, Number(fraction.slice(0, 3).padEnd(3, '0')));
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return date.getTime() - (sign === '+' ? offset : -offset);
}

/** By the bytes of UTF-8. */
export const order = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
