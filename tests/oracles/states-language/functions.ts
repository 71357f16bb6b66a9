/** Intrinsic functions: how a call is written, and what each of them gives. */
import { createHash, randomUUID } from 'node:crypto';
import { type Roots, select } from './paths.ts';
import { isList, isMap, type Json, type JsonObject, StateError, same } from './values.ts';

/** An argument: its value, and of a text between quotes also how it was written. */
interface Argument {
  readonly value: Json;
  readonly written: string | undefined;
}

/** Its cause is in words of each implementation's own. */
const failed = (why: string) => new StateError('States.IntrinsicFailure', `States: ${why}`);
/** A path among the arguments selects nothing. */
export class NothingSelected extends Error {}

export function call(text: string, roots: Roots): Json {
  const reader = new Reader(text, roots);
  const value = reader.invocation();
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  readonly #roots: Roots;
  #at = 0;

  constructor(text: string, roots: Roots) {
    this.#text = text;
    this.#roots = roots;
  }

  #take(pattern: RegExp): string | undefined {
    const found = new RegExp(pattern.source, 'uy');
    found.lastIndex = this.#at;
    const [all] = found.exec(this.#text) ?? [];
    if (all !== undefined) this.#at += all.length;
    return all;
  }

  end(): void {
    this.#take(/\s*/);
    if (this.#at < this.#text.length) throw failed(`${this.#text}: more after its end`);
  }

  invocation(): Json {
    const name = this.#take(/States\.\w+/);
    if (name === undefined || !Object.hasOwn(functions, name)) throw failed(`${this.#text}: no function`);
    this.#take(/\s*\(\s*/);
    const given: Argument[] = [];
    while (this.#take(/\s*\)/) === undefined) {
      if (given.length > 0 && this.#take(/\s*,\s*/) === undefined) throw failed(`${this.#text}: no comma`);
      given.push(this.#argument());
    }
    return functions[name]!(...given);
  }

  #argument(): Argument {
    const quoted = this.#take(/'(\\.|[^'\\])*'/s);
    if (quoted !== undefined) {
      const written = quoted.slice(1, -1);
      return { value: written.replace(/\\(.)/gs, '$1'), written };
    }
    const literal = this.#take(/-?\d+(\.\d+)?([eE][-+]?\d+)?|true|false|null/);
    if (literal !== undefined) return plain(JSON.parse(literal));
    const path = this.#take(/\$[^\s,()[]*(\[(\?\((\([^()]*\)|[^()])*\)|'[^']*'|[^\]'?]*)\][^\s,()[]*)*/);
    if (path === undefined) return plain(this.invocation());
    const value = select(path, this.#roots);
    if (value === undefined) throw new NothingSelected(path);
    return plain(value);
  }
}

const plain = (value: Json): Argument => ({ value, written: undefined });

const text = ({ value }: Argument): string => {
  if (typeof value !== 'string') throw failed('no text');
  return value;
};
const shortText = (given: Argument): string => {
  if (text(given).length > 10_000) throw failed('more than 10,000 characters');
  return text(given);
};
const list = ({ value }: Argument): readonly Json[] => {
  if (!isList(value)) throw failed('no array');
  return value;
};
/** What is no whole number is rounded to the nearest. */
const whole = ({ value }: Argument): number => {
  if (typeof value !== 'number') throw failed('no number');
  return Math.round(value);
};
const object = ({ value }: Argument): JsonObject => {
  if (!isMap(value)) throw failed('no object');
  return value;
};

function format(template: Argument, ...given: readonly Argument[]): Json {
  const left = [...given];
  const filled = (template.written ?? text(template)).replace(/\\(.)|\{\}/gs, (_, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    const next = left.shift();
    if (!next || isList(next.value) || isMap(next.value)) throw failed('no value for a place');
    return typeof next.value === 'string' ? next.value : JSON.stringify(next.value);
  });
  if (left.length > 0) throw failed('more values than places');
  return filled;
}

function range(first: Argument, last: Argument, step: Argument): Json {
  const [from, to, by] = [whole(first), whole(last), whole(step)];
  if (by === 0) throw failed('a step of zero');
  const count = Math.max(0, Math.floor((to - from) / by) + 1);
  if (count > 1000) throw failed('more than 1,000 items');
  return Array.from({ length: count }, (_, i) => from + i * by);
}

function partition(given: Argument, size: Argument): Json {
  const [items, each] = [list(given), whole(size)];
  if (each < 1) throw failed('no size');
  return Array.from({ length: Math.ceil(items.length / each) }, (_, i) =>
    items.slice(i * each, (i + 1) * each),
  );
}

function itemAt(given: Argument, index: Argument): Json {
  const [items, place] = [list(given), whole(index)];
  if (place < 0 || place >= items.length) throw failed('no such item');
  return items[place]!;
}

function parsed(given: Argument): Json {
  try {
    return JSON.parse(text(given)) as Json;
  } catch {
    throw failed('no JSON');
  }
}

function decoded(given: Argument): Json {
  const bytes = shortText(given);
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(bytes)) throw failed('no base64');
  return Buffer.from(bytes, 'base64').toString('utf8');
}

const algorithms: Readonly<Record<string, string>> = {
  ...{ MD5: 'md5', 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' },
};
function hash(given: Argument, algorithm: Argument): Json {
  const name = text(algorithm);
  if (!Object.hasOwn(algorithms, name)) throw failed('no such algorithm');
  return createHash(algorithms[name]!).update(shortText(given)).digest('hex');
}

function random(first: Argument, last: Argument): Json {
  const [from, to] = [whole(first), whole(last)];
  if (from >= to) throw failed('an empty range');
  return from + Math.floor(Math.random() * (to - from));
}

/** Each character of `separators` parts the text. */
function split(given: Argument, separators: Argument): Json {
  const all = new Set(text(separators));
  const parts = [''];
  for (const each of text(given)) {
    if (all.has(each)) parts.push('');
    else parts.push(parts.pop()! + each);
  }
  return parts.filter((part) => part !== '');
}

function merge(a: Argument, b: Argument, isDeep: Argument): Json {
  if (isDeep.value !== false) throw failed('only a shallow merge is known');
  return { ...object(a), ...object(b) };
}

type Intrinsic = (...given: readonly Argument[]) => Json;
/** With the least and the greatest count of its arguments. */
const taking =
  (least: number, most: number, own: (...given: Argument[]) => Json): Intrinsic =>
  (...given) => {
    if (given.length < least || given.length > most) throw failed(`${given.length} arguments`);
    return own(...given);
  };

const functions: Readonly<Record<string, Intrinsic>> = {
  'States.Format': taking(1, Number.POSITIVE_INFINITY, (first, ...rest) => format(first!, ...rest)),
  'States.StringToJson': taking(1, 1, (given) => parsed(given!)),
  'States.JsonToString': taking(1, 1, (given) => JSON.stringify(given!.value)),
  'States.Array': (...given) => given.map(({ value }) => value),
  'States.ArrayPartition': taking(2, 2, (given, size) => partition(given!, size!)),
  'States.ArrayContains': taking(2, 2, (given, of) => list(given!).some((each) => same(each, of!.value))),
  'States.ArrayRange': taking(3, 3, (first, last, step) => range(first!, last!, step!)),
  'States.ArrayGetItem': taking(2, 2, (given, index) => itemAt(given!, index!)),
  'States.ArrayLength': taking(1, 1, (given) => list(given!).length),
  'States.ArrayUnique': taking(1, 1, (given) =>
    list(given!).filter((each, i, all) => all.findIndex((other) => same(each, other)) === i),
  ),
  'States.Base64Encode': taking(1, 1, (given) => Buffer.from(shortText(given!)).toString('base64')),
  'States.Base64Decode': taking(1, 1, (given) => decoded(given!)),
  'States.Hash': taking(2, 2, (given, algorithm) => hash(given!, algorithm!)),
  'States.JsonMerge': taking(3, 3, (a, b, isDeep) => merge(a!, b!, isDeep!)),
  'States.MathRandom': taking(2, 3, (first, last) => random(first!, last!)),
  'States.MathAdd': taking(2, 2, (a, b) => whole(a!) + whole(b!)),
  'States.StringSplit': taking(2, 2, (given, separators) => split(given!, separators!)),
  'States.UUID': taking(0, 0, () => randomUUID()),
};
export const functionNames: readonly string[] = Object.keys(functions);
