/** Where a result is put into a state's input. */
import { type Jsonb, jsonbObject } from '../../../kernel/jsonb.ts';
import { isArray, isObject, type Step } from '../../shared/paths.ts';
import { fail } from './failure.ts';
import { stepsOf } from './language.ts';

/** A path of JSON null: the result is thrown away. Without one, it is in the place of the input. */
export function placed(path: string | null | undefined, input: Jsonb, result: Jsonb): Jsonb {
  if (path === undefined) return result;
  if (path === null) return input;
  const set = put(input, stepsOf(path), 0, result);
  return set === undefined ? fail('States.ResultPathMatchFailure', `ResultPath ${path} cannot be set`) : set;
}

/** Undefined: there is no such place, and none can be made. */
function put(value: Jsonb | undefined, steps: readonly Step[], i: number, result: Jsonb): Jsonb | undefined {
  if (i === steps.length) return result;
  const step = steps[i]!;
  if (typeof step === 'number') {
    if (value === undefined || !isArray(value) || step >= value.length) return undefined;
    const item = put(value[step], steps, i + 1, result);
    return item === undefined ? undefined : value.with(step, item);
  }
  // Fields that are missing on the way are made.
  if (value !== undefined && !isObject(value)) return undefined;
  const within = put(value && Object.hasOwn(value, step) ? value[step] : undefined, steps, i + 1, result);
  return within === undefined ? undefined : jsonbObject([...Object.entries(value ?? {}), [step, within]]);
}
