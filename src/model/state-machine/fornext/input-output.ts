/** What a state is given, and what it hands on. */
import { type Jsonb, jsonbObject } from '../../kernel/jsonb.ts';
import { jsonbOrder } from '../../kernel/jsonb-order.ts';
import type { StateJson } from '../shared/definition.ts';
import { find, isArray, isObject, pathOf } from '../shared/paths.ts';
import type { AsDocumented } from './deviations.ts';
import { endOfInput, nothingThere, panic } from './panic.ts';
import { placed } from './result-path.ts';
import type { Draft } from './state.ts';

/** What a path gives. `context` is undefined where it is an empty text, which nothing can be read of. */
function at(path: string, value: Jsonb, context: Jsonb | undefined): Jsonb {
  if (path === '') return {};
  const { isOfContext, steps } = pathOf(path);
  if (isOfContext && context === undefined) panic(endOfInput);
  const found = find(isOfContext ? context! : value, steps);
  return found === undefined ? panic(nothingThere) : found;
}

const whole = '$';

export function applyInput(state: StateJson, input: Jsonb, { documented }: Draft): Jsonb {
  const { Type, InputPath, Parameters } = state;
  const given = unlessNone(InputPath, documented, {}, () => at(InputPath ?? whole, input, undefined));
  const hasParameters =
    (Type === 'Pass' || Type === 'Task' || Type === 'Parallel') &&
    Parameters !== undefined &&
    Parameters !== null;
  if (!hasParameters) return given;
  // Surprise: the context that they could name is an empty text.
  return documented.has('fields-that-end-the-executor') ? render(Parameters, given) : panic(endOfInput);
}

/** Surprise: null is as if the field was left out. */
const unlessNone = (
  path: string | null | undefined,
  documented: AsDocumented,
  none: Jsonb,
  otherwise: () => Jsonb,
): Jsonb => (path === null && documented.has('a-path-of-null-is-the-whole') ? none : otherwise());

/** `input` is the raw one. */
export function applyOutput(state: StateJson, input: Jsonb, output: Jsonb, draft: Draft): Jsonb {
  const { documented } = draft;
  const context = state.Type === 'Map' ? {} : undefined;
  const selected = select(state, output, documented);
  const hasResult =
    state.Type === 'Pass' || state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
  const result = hasResult ? resultIn(state, input, selected, draft) : selected;
  return unlessNone(state.OutputPath, documented, {}, () => at(state.OutputPath ?? whole, result, context));
}

const resultIn = (
  { ResultPath }: StateJson,
  input: Jsonb,
  result: Jsonb,
  { documented, reached }: Draft,
): Jsonb =>
  unlessNone(ResultPath, documented, input, () => placed(ResultPath ?? whole, input, result, reached));

function select({ Type, Result, ResultSelector }: StateJson, output: Jsonb, documented: AsDocumented): Jsonb {
  const ends = !documented.has('fields-that-end-the-executor');
  if (Type === 'Pass' && Result != null) return ends ? panic(endOfInput) : Result;
  const selects = Type === 'Map' || Type === 'Task' || Type === 'Parallel';
  if (ResultSelector == null || !selects) return output;
  if (Type !== 'Map' && ends) panic(endOfInput);
  return render(ResultSelector, output);
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
