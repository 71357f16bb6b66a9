/** A result is set into the raw input. */
import { type Jsonb, jsonbObject } from '../../kernel/jsonb.ts';
import { isArray, isObject, pathOf, pathText, placeOf, type Step } from '../shared/paths.ts';
import { panic } from './panic.ts';

/** Undefined: there is no such place, and nothing is set. */
type Placed = Jsonb | undefined;

/** Surprise: where the input has no such place, the result is lost, and the input is handed on. */
export function placed(path: string, input: Jsonb, result: Jsonb, reached: string[]): Jsonb {
  if (path === '') return input;
  const { steps } = pathOf(path);
  if (steps.length === 0) return result;
  const set = put(input, steps, 0, result);
  reached.push(`result/${set === undefined ? 'lost' : 'set'}`);
  return set ?? input;
}

function put(value: Jsonb, steps: readonly Step[], i: number, result: Jsonb): Placed {
  const step = steps[i]!;
  if (typeof step === 'number') return isArray(value) ? setItem(value, steps, i, step, result) : undefined;
  return isObject(value) ? setField(value, steps, i, step, result) : undefined;
}

function setItem(
  items: readonly Jsonb[],
  steps: readonly Step[],
  i: number,
  step: number,
  result: Jsonb,
): Placed {
  const place = placeOf(items, step);
  const item = items[place];
  if (item === undefined)
    panic(`can not follow out of bounds array index at '${pathText(steps.slice(0, i + 1))}'`);
  const inner = setBelow(item, steps, i, result);
  return inner === undefined ? undefined : items.with(place, inner);
}

type JsonObject = { readonly [key: string]: Jsonb };

function setField(
  fields: JsonObject,
  steps: readonly Step[],
  i: number,
  step: string,
  result: Jsonb,
): Placed {
  const own = Object.hasOwn(fields, step) ? fields[step]! : made(steps[i + 1]);
  const inner = setBelow(own, steps, i, result);
  if (inner === undefined) return undefined;
  return jsonbObject([...Object.entries(fields), [step, inner]]);
}

/** What is not there is made, as the step after it needs it: an array has one item, which is null. */
const made = (after: Step | undefined): Jsonb => (typeof after === 'number' ? [null] : {});

/** What is at the i-th step: the result itself, or what the result is set into. */
function setBelow(value: Jsonb, steps: readonly Step[], i: number, result: Jsonb): Placed {
  if (i === steps.length - 1) return result;
  if (!isArray(value) && !isObject(value))
    panic(`can not follow a ${typeOf(value)} at '${pathText(steps.slice(0, i + 1))}'`);
  return put(value, steps, i + 1, result);
}

/** As the language of the original names them. */
function typeOf(value: Jsonb): string {
  if (value === null) return '<nil>';
  if (typeof value === 'number') return 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}
