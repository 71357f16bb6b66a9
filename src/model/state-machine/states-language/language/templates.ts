/** Payload templates: JSON in which the value behind a key that ends in `.$` is looked up. */
import { type Jsonb, jsonbObject } from '../../../kernel/jsonb.ts';
import { compareBytes } from '../../shared/bytes.ts';
import { isArray, isObject } from '../../shared/paths.ts';
import { fail } from './failure.ts';
import type { Language, View } from './language.ts';

const suffix = '.$';
export const isLookedUp = (key: string): boolean => key.endsWith(suffix);

/** `field` is where the template stands, for the words of its failure. */
export function filled(language: Language, field: string, template: Jsonb, view: View): Jsonb {
  const lost: string[] = [];
  const value = fill(template, (expression) => {
    const found = language.evaluate(expression, view);
    if (found === undefined) lost.push(expression);
    return found ?? null;
  });
  if (lost.length === 0) return value;
  const [least] = lost.sort(compareBytes);
  return fail('States.ParameterPathFailure', `${field}: ${least} selects nothing`);
}

function fill(template: Jsonb, lookUp: (expression: string) => Jsonb): Jsonb {
  if (isArray(template)) return template.map((each) => fill(each, lookUp));
  if (!isObject(template)) return template;
  const entries = Object.entries(template);
  const plain = entries
    .filter(([key]) => !isLookedUp(key))
    .map(([key, value]): [string, Jsonb] => [key, fill(value, lookUp)]);
  const found = entries
    .filter(([key]) => isLookedUp(key))
    .map(([key, value]): [string, Jsonb] => [key.slice(0, -suffix.length), lookUp(value as string)]);
  return jsonbObject([...plain, ...found]);
}
