/**
 * Values on their way through the database: what is no JSON is lost or changed as `JSON.stringify` does it, and
 * objects come back with the keys in the order of jsonb. Each loss can be told, with the path to it.
 */
import type { Jsonb } from '../../model/kernel/jsonb.ts';
import { jsonbOrder } from '../../model/kernel/jsonb-order.ts';

export interface Passed {
  /** A copy: nothing of it is the caller's. */
  readonly value: Jsonb;
  /** What is not as it was, a line each: `$.at: a Date became a string`. Usually none. */
  readonly losses: readonly string[];
}

/** The model does not follow jsonb any deeper. */
const deepest = 500;
const noLosses: readonly string[] = [];
const odd = Symbol('no plain JSON');

/**
 * The value as the other side reads it.
 * @throws whatever `JSON.stringify` throws (a BigInt, a cycle, a `toJSON` that throws), a `RangeError` for JSON nested
 * more than 500 deep, and a `TypeError` for what has no JSON at all (a function, a symbol, `undefined`).
 */
export function throughJson(value: unknown): Passed {
  const plain = plainCopy(value, 0);
  if (plain !== odd) return { value: plain, losses: noLosses };
  const text = JSON.stringify(value) as string | undefined;
  // The words of the client's own attempt to write it.
  if (text === undefined) {
    throw new TypeError(
      'The "string" argument must be of type string or an instance of Buffer or ArrayBuffer. Received undefined',
    );
  }
  const read = plainCopy(JSON.parse(text), 0);
  if (read === odd) throw new RangeError(`JSON nested more than ${deepest} deep`);
  const losses: string[] = [];
  collectLosses(value, read, '$', losses);
  return { value: read, losses };
}

/** Another copy, for somebody who may change it. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy: Record<string, unknown> = {};
  for (const key in value) put(copy, key, copyOf(value[key]));
  return copy as T;
}

function plainCopy(value: unknown, depth: number): Jsonb | typeof odd {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : odd;
    case 'object':
      break;
    default:
      return odd;
  }
  if (value === null) return null;
  if (depth === deepest) return odd;
  if (Array.isArray(value)) {
    const list: Jsonb[] = new Array(value.length);
    for (let i = 0; i < value.length; i++) {
      const item = plainCopy(value[i], depth + 1);
      if (item === odd) return odd;
      list[i] = item;
    }
    return list;
  }
  const prototype = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) return odd;
  const object: { [key: string]: Jsonb } = {};
  for (const key of jsonbOrder(Object.keys(value))) {
    const item = plainCopy((value as Record<string, unknown>)[key], depth + 1);
    if (item === odd) return odd;
    put(object, key, item);
  }
  return object;
}

function put(object: Record<string, unknown>, key: string, value: unknown): void {
  // Assigning to it would set the prototype.
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

const mostLosses = 20;

function collectLosses(before: unknown, after: Jsonb | undefined, path: string, found: string[]): void {
  if (found.length >= mostLosses) return;
  if (after === undefined) found.push(`${path}: ${kindOf(before)} was left out`);
  else if (typeof before !== 'object' || before === null) {
    if (!Object.is(before, after)) found.push(`${path}: ${kindOf(before)} became ${String(after)}`);
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (const [i, item] of before.entries()) collectLosses(item, after[i], `${path}[${i}]`, found);
  } else {
    const prototype = Object.getPrototypeOf(before);
    const isPlain = (prototype === Object.prototype || prototype === null) && !('toJSON' in before);
    if (!isPlain || !isObject(after)) found.push(`${path}: ${lossOf(before, after)}`);
    if ('toJSON' in before || !isObject(after)) return;
    for (const [key, item] of Object.entries(before)) {
      collectLosses(item, Object.hasOwn(after, key) ? after[key] : undefined, `${path}.${key}`, found);
    }
  }
}

/** What a Date becomes is known to everybody; another object with a `toJSON` becomes whatever that returns. */
function lossOf(before: object, after: Jsonb): string {
  const hasOwn = 'toJSON' in before && !(before instanceof Date);
  return hasOwn
    ? `${kindOf(before)} was replaced with the result of its toJSON(), ${jsonKind(after)}`
    : `${kindOf(before)} became ${jsonKind(after)}`;
}

const isObject = (value: Jsonb): value is { readonly [key: string]: Jsonb } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object' || value === null)
    return value === undefined ? 'undefined' : `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
  const name = (value.constructor as { name?: string } | undefined)?.name;
  return name === undefined || name === '' || name === 'Object' ? 'an object' : `a ${name}`;
}

function jsonKind(value: Jsonb): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
