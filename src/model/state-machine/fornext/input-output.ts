/** What a state is given, and what it hands on. */
import { type Jsonb, jsonbObject } from '../../kernel/jsonb.ts';
import { jsonbOrder } from '../../kernel/jsonb-order.ts';
import type { StateJson } from '../shared/definition.ts';
import { find, isArray, isObject, pathOf } from '../shared/paths.ts';
import { endOfInput, nothingThere, panic } from './panic.ts';
import { placed } from './result-path.ts';

/** What a path gives. `context` is undefined where it is an empty text, which nothing can be read of. */
function at(path: string, value: Jsonb, context: Jsonb | undefined): Jsonb {
  if (path === '') return {};
  const { isOfContext, steps } = pathOf(path);
  if (isOfContext && context === undefined) panic(endOfInput);
  const found = find(isOfContext ? context! : value, steps);
  return found === undefined ? panic(nothingThere) : found;
}

const whole = '$';

export function applyInput(state: StateJson, input: Jsonb): Jsonb {
  const given = at(state.InputPath ?? whole, input, undefined);
  const { Type, Parameters } = state;
  // Surprise: the context that they could name is an empty text.
  if ((Type === 'Pass' || Type === 'Task' || Type === 'Parallel') && Parameters != null) panic(endOfInput);
  return given;
}

/** `input` is the raw one. */
export function applyOutput(state: StateJson, input: Jsonb, output: Jsonb, reached: string[]): Jsonb {
  const context = state.Type === 'Map' ? {} : undefined;
  const selected = select(state, output);
  const hasResult =
    state.Type === 'Pass' || state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
  const result = hasResult ? placed(state.ResultPath ?? whole, input, selected, reached) : selected;
  return at(state.OutputPath ?? whole, result, context);
}

function select({ Type, Result, ResultSelector }: StateJson, output: Jsonb): Jsonb {
  if (Type === 'Pass' && Result != null) panic(endOfInput);
  if ((Type === 'Task' || Type === 'Parallel') && ResultSelector != null) panic(endOfInput);
  return Type === 'Map' && ResultSelector != null ? render(ResultSelector, output) : output;
}

/** A template is copied, but for fields whose name ends with `.$`. */
function render(template: Jsonb, output: Jsonb): Jsonb {
  if (isArray(template)) return template.map((each) => render(each, output));
  if (!isObject(template)) return template;
  return jsonbObject(
    jsonbOrder(Object.keys(template)).map((key) => {
      const value = template[key]!;
      return key.endsWith('.$') ? [key.slice(0, -2), named(value, output)] : [key, render(value, output)];
    }),
  );
}

function named(value: Jsonb, output: Jsonb): Jsonb {
  if (typeof value !== 'string') panic('key with .$ suffix, it value must be string');
  if (value.startsWith('$')) return at(value, output, {});
  return panic(
    value.startsWith('States.')
      ? 'not support Instrinsic now'
      : 'key with .$ suffix, it value must be Path or Instrinsic',
  );
}
