/** Expressions of JSONata, evaluated by the package of that name. */
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { Answer, Question } from '../../../../model/state-machine/states-language/executing/jsonata.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import { loaded } from './peers.ts';

interface Expression {
  evaluate(input: unknown, bindings: Readonly<Record<string, unknown>>): Promise<unknown>;
  registerFunction(name: string, implementation: (...given: never[]) => unknown, signature: string): void;
}
type Jsonata = (expression: string) => Expression;

let known: Jsonata | undefined;
function library(): Jsonata {
  known ??= loaded<Jsonata>('jsonata', 'A machine in JSONata', (require) => require('jsonata'));
  return known;
}

/** What is wrong with it, or nothing. */
export function jsonataFault(expression: string): string | undefined {
  const compile = library();
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return messageOfThrown(error);
  }
}

/** What the language has besides the functions of JSONata. */
export interface Extras {
  readonly hash: (algorithm: string, text: string) => string | undefined;
  readonly uuid: () => string;
}

const compiled = new Map<string, Expression>();

function expressionOf(text: string, extras: Extras): Expression {
  const before = compiled.get(text);
  if (before) return before;
  const expression = library()(text);
  register(expression, extras);
  compiled.set(text, expression);
  return expression;
}

function register(expression: Expression, { hash, uuid }: Extras): void {
  const add = (name: string, signature: string, does: (...given: never[]) => unknown) =>
    expression.registerFunction(name, does, signature);
  add('partition', '<an:a>', (items: unknown[], size: number) =>
    Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size)),
  );
  add('range', '<nnn:a>', (first: number, last: number, step: number) =>
    Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) => first + i * step),
  );
  add('hash', '<ss:s>', (data: string, algorithm: string) => {
    const digits = hash(algorithm, data);
    if (digits === undefined) throw new Error(`$hash: the algorithm ${algorithm} is not known`);
    return digits;
  });
  add('random', '<n?:n>', () => Number.parseInt(uuid().replaceAll('-', '').slice(0, 12), 16) / 2 ** 48);
  add('uuid', '<:s>', () => uuid());
  add('parse', '<s:x>', (text: string) => JSON.parse(text));
  add('eval', '<sx?:x>', () => {
    throw new Error('$eval is not part of the language: use $parse');
  });
}

/** Nothing, or what is no JSON, is a failure. */
export async function answered({ expression, bindings }: Question, extras: Extras): Promise<Answer> {
  try {
    const value = await expressionOf(expression, extras).evaluate(undefined, bindings);
    const text = JSON.stringify(value);
    if (text === undefined) return { error: `{%${expression}%} gives nothing` };
    // What JSONata adds to its arrays is left behind.
    return { value: JSON.parse(text) as Jsonb };
  } catch (error) {
    return { error: `{%${expression}%}: ${messageOfThrown(error)}` };
  }
}
