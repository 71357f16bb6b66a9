/** The functions of the language. */
import { type Jsonb, jsonbEqual, jsonbObject } from '../../../kernel/jsonb.ts';
import { placeOf } from '../../shared/paths.ts';
import { type Arguments, intrinsicFailure } from './arguments.ts';
import { decoded, encoded } from './base64.ts';
import { drawn, seeded } from './chance.ts';
import { format } from './format.ts';

/** What is left to chance, and what is not ours. */
export interface Surroundings {
  readonly uuid: () => string;
  /** Of the bytes in UTF-8, in hexadecimal digits; undefined where the algorithm is not known. */
  readonly hash: (algorithm: string, text: string) => string | undefined;
}

type Function = (given: Arguments, surroundings: Surroundings) => Jsonb;

/** Items that a range, or a part of an array, may have. */
const longestRange = 1000;
/** Characters that may be encoded, decoded or hashed. */
const longestText = 10_000;

const short = (given: Arguments, place: number): string => {
  const text = given.text(place);
  return text.length <= longestText ? text : given.wrong(place, `text of at most ${longestText} characters`);
};

const plain: Readonly<Record<string, readonly [number, number, Function]>> = {
  Format: [1, Number.POSITIVE_INFINITY, (given) => format(given)],
  StringToJson: [1, 1, (given) => parsed(given)],
  JsonToString: [1, 1, (given) => JSON.stringify(given.any(0))],
  Array: [0, Number.POSITIVE_INFINITY, (given) => given.values],
  ArrayPartition: [2, 2, (given) => partition(given)],
  ArrayContains: [2, 2, (given) => given.array(0).some((item) => jsonbEqual(item, given.any(1)))],
  ArrayRange: [3, 3, (given) => range(given)],
  ArrayGetItem: [2, 2, (given) => item(given)],
  ArrayLength: [1, 1, (given) => given.array(0).length],
  ArrayUnique: [1, 1, (given) => unique(given.array(0))],
  Base64Encode: [1, 1, (given) => encoded(short(given, 0))],
  Base64Decode: [1, 1, (given) => decoded(short(given, 0)) ?? given.wrong(0, 'text in Base64')],
  Hash: [
    2,
    2,
    (given, { hash }) => hash(given.text(1), hashed(given)) ?? given.wrong(1, 'algorithm that is known'),
  ],
  JsonMerge: [3, 3, (given) => merged(given)],
  MathRandom: [2, 3, (given, { uuid }) => random(given, uuid)],
  MathAdd: [2, 2, (given) => given.integer(0) + given.integer(1)],
  StringSplit: [2, 2, (given) => split(given.text(0), given.text(1))],
  UUID: [0, 0, (_, { uuid }) => uuid()],
};
export const functionNames: readonly string[] = Object.keys(plain);

export function called(name: string, given: Arguments, surroundings: Surroundings): Jsonb {
  const [least, most, does] = plain[name]!;
  given.count(least, most);
  return does(given, surroundings);
}

function parsed(given: Arguments): Jsonb {
  try {
    return JSON.parse(given.text(0)) as Jsonb;
  } catch (error) {
    if (error instanceof SyntaxError) return given.wrong(0, 'text of JSON');
    throw error;
  }
}

function partition(given: Arguments): Jsonb {
  const size = given.integer(1);
  if (size < 1) given.wrong(1, 'number above zero');
  const items = given.array(0);
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

/** Both ends are in it. */
function range(given: Arguments): Jsonb {
  const [first, last, step] = [given.integer(0), given.integer(1), given.integer(2)];
  if (step === 0) given.wrong(2, 'number other than zero');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > longestRange) intrinsicFailure(`States.ArrayRange: more than ${longestRange} items`);
  return Array.from({ length }, (_, i) => first + i * step);
}

function item(given: Arguments): Jsonb {
  const items = given.array(0);
  const found = items[placeOf(items, given.integer(1))];
  return found === undefined ? given.wrong(1, 'index of an item') : found;
}

/** The first of those that are equal stays. */
const unique = (items: readonly Jsonb[]): Jsonb =>
  items.filter((each, i) => items.findIndex((other) => jsonbEqual(each, other)) === i);

function hashed(given: Arguments): string {
  const data = given.any(0);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return text.length <= longestText ? text : given.wrong(0, `value of at most ${longestText} characters`);
}

/** Of a key that both have, the second counts. Nothing within is merged. */
function merged(given: Arguments): Jsonb {
  if (given.any(2) !== false) given.wrong(2, 'false: deep merging is not part of the language');
  return jsonbObject([...Object.entries(given.object(0)), ...Object.entries(given.object(1))]);
}

/** From the first, up to but without the second. */
function random(given: Arguments, uuid: () => string): Jsonb {
  const [from, to] = [given.integer(0), given.integer(1)];
  if (to <= from) given.wrong(1, 'number above the first');
  const share = given.values.length === 3 ? seeded(given.integer(2)) : drawn(uuid());
  return from + Math.floor(share * (to - from));
}

/** Surprise: each character of the second argument splits, and what is empty is left out. */
function split(text: string, splitters: string): Jsonb {
  const all = new Set(splitters);
  const parts = [''];
  for (const character of text) {
    if (all.has(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.filter((part) => part !== '');
}
