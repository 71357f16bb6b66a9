/** Payload templates: a key that ends in `.$` has a path or a call of a function as its value. */
import { call, NothingSelected } from './functions.ts';
import { type Roots, select } from './paths.ts';
import { isList, isMap, type Json, order, StateError } from './values.ts';

/** @throws States.ParameterPathFailure with the least of the paths that select nothing */
export function fill(field: string, template: Json, roots: Roots): Json {
  const lost: string[] = [];
  const filled = walk(field, template, roots, lost);
  if (lost.length === 0) return filled;
  const [least] = lost.sort(order);
  throw new StateError('States.ParameterPathFailure', `${field}: ${least} selects nothing`);
}

function walk(field: string, template: Json, roots: Roots, lost: string[]): Json {
  if (isList(template)) return template.map((each) => walk(field, each, roots, lost));
  if (!isMap(template)) return template;
  const plain: Record<string, Json> = {};
  const computed: Record<string, Json> = {};
  for (const [key, value] of Object.entries(template)) {
    if (!key.endsWith('.$')) plain[key] = walk(field, value, roots, lost);
    else computed[key.slice(0, -2)] = compute(value as string, roots, lost);
  }
  return { ...plain, ...computed };
}

function compute(text: string, roots: Roots, lost: string[]): Json {
  const value = text.startsWith('States.') ? called(text, roots) : select(text, roots);
  if (value === undefined) lost.push(text);
  return value ?? null;
}

function called(text: string, roots: Roots): Json | undefined {
  try {
    return call(text, roots);
  } catch (error) {
    if (error instanceof NothingSelected) return undefined;
    throw error;
  }
}
