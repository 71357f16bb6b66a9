/** Paths: what they select, and where a result is put. */
import { jsonpath } from 'json-p3';
import { isList, isMap, type Json, runtime, StateError } from './values.ts';

/** What a path is about: the input of the state (or its result), and the context object. */
export interface Roots {
  readonly input: Json;
  readonly context: Json;
}

const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(-?\d+)\]|\['([^'\\]*)'\]|\["([^"\\]*)"\]/uy;

/** The steps of a path that names one place; undefined where it has wildcards, slices or the like. */
export function stepsOf(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  step.lastIndex = path.startsWith('$$') ? 2 : 1;
  while (step.lastIndex < path.length) {
    const found = step.exec(path);
    if (!found) return undefined;
    const [, name, index, single, double] = found;
    steps.push(index === undefined ? (name ?? single ?? double)! : Number(index));
  }
  return steps;
}

/** Undefined where it selects nothing. A path with wildcards selects an array, which may be empty. */
export function select(path: string, { input, context }: Roots): Json | undefined {
  const root = path.startsWith('$$') ? context : input;
  const steps = stepsOf(path);
  if (steps) return walk(root, steps);
  const query = jsonpath.compile(path.replace(/^\$\$/, '$'));
  const values = query.query(root as never).values() as Json[];
  return query.singularQuery() ? values[0] : values;
}

function walk(value: Json | undefined, [first, ...rest]: readonly (string | number)[]): Json | undefined {
  if (first === undefined || value === undefined) return value;
  if (typeof first === 'number') return isList(value) ? walk(value.at(first), rest) : undefined;
  return isMap(value) && Object.hasOwn(value, first) ? walk(value[first], rest) : undefined;
}

/** What the path of a field selects. @throws States.Runtime where that is nothing */
export function selected(field: string, path: string, roots: Roots): Json {
  const value = select(path, roots);
  if (value === undefined) throw runtime(`${field} ${path} selects nothing`);
  return value;
}

/** The same, of a kind. */
export function selectedAs<T extends Json>(
  field: string,
  path: string,
  roots: Roots,
  isKind: (value: Json) => value is T,
): T {
  const value = selected(field, path, roots);
  if (!isKind(value)) throw runtime(`${field} ${path} selects what it cannot use`);
  return value;
}

/** InputPath or OutputPath: JSON null is an empty object. */
export const through = (field: string, path: string | null | undefined, roots: Roots): Json =>
  path === null ? {} : selected(field, path ?? '$', roots);

/** ResultPath: absent, the result; JSON null, the raw input; else the raw input with the result in it. */
export function put(path: string | null | undefined, raw: Json, result: Json): Json {
  if (path === undefined) return result;
  if (path === null) return raw;
  const set = putAt(raw, stepsOf(path)!, result);
  if (set === undefined)
    throw new StateError('States.ResultPathMatchFailure', `ResultPath ${path} cannot be set`);
  return set;
}

function putAt(
  at: Json | undefined,
  [first, ...rest]: readonly (string | number)[],
  result: Json,
): Json | undefined {
  if (first === undefined) return result;
  if (typeof first === 'number') {
    if (!isList(at) || first < 0 || first >= at.length) return undefined;
    const inner = putAt(at[first], rest, result);
    return inner === undefined ? undefined : at.with(first, inner);
  }
  // What is missing on the way is made.
  const place = at === undefined ? {} : at;
  if (!isMap(place)) return undefined;
  const inner = putAt(Object.hasOwn(place, first) ? place[first] : undefined, rest, result);
  return inner === undefined ? undefined : { ...place, [first]: inner };
}
