/** Expressions of JSONata, evaluated by the package of that name. */
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { Answer, Question } from '../../../../model/state-machine/states-language/executing/jsonata.ts';
import { drawn, seeded } from '../../../../model/state-machine/states-language/intrinsics/chance.ts';
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

/** What the language has besides the functions of JSONata, and virtual time. */
export interface Extras {
  readonly hash: (algorithm: string, text: string) => string | undefined;
  readonly uuid: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Those of one simulation. */
export class Expressions {
  readonly #extras: Extras;
  readonly #compiled = new Map<string, Expression>();

  constructor(extras: Extras) {
    this.#extras = extras;
  }

  /** Nothing, or what is no JSON, is a failure. */
  async answer({ expression, bindings }: Question): Promise<Answer> {
    try {
      const value = await this.#get(expression).evaluate(undefined, bindings);
      const text = JSON.stringify(value, onlyJson);
      if (text === undefined) return { error: `{%${expression}%} gives nothing` };
      // What JSONata adds to its arrays is left behind.
      return { value: JSON.parse(text) as Jsonb };
    } catch (error) {
      return { error: `{%${expression}%}: ${messageOfThrown(error)}` };
    }
  }

  #get(text: string): Expression {
    const before = this.#compiled.get(text);
    if (before) return before;
    const expression = library()(text);
    register(expression, this.#extras);
    this.#compiled.set(text, expression);
    return expression;
  }
}

function onlyJson(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is no JSON`);
  const isFunction =
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('_jsonata_function' in value || '_jsonata_lambda' in value));
  if (isFunction) throw new Error('a function is no JSON');
  return value;
}

function register(expression: Expression, { hash, uuid, now }: Extras): void {
  const add = (name: string, signature: string, does: (...given: never[]) => unknown) =>
    expression.registerFunction(name, does, signature);
  add('partition', '<an:a>', (items: unknown[], size: number) => {
    if (!(size >= 1)) throw new Error('$partition: the size is no number above zero');
    return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
      items.slice(i * size, (i + 1) * size),
    );
  });
  add('range', '<nnn:a>', (first: number, last: number, step: number) => {
    const length = Math.max(0, Math.floor((last - first) / step) + 1);
    if (!(length <= longestRange)) throw new Error(`$range: more than ${longestRange} items`);
    return Array.from({ length }, (_, i) => first + i * step);
  });
  add('hash', '<ss:s>', (data: string, algorithm: string) => {
    const digits = hash(algorithm, data);
    if (digits === undefined) throw new Error(`$hash: the algorithm ${algorithm} is not known`);
    return digits;
  });
  add('random', '<n?:n>', (seed?: number) => (seed === undefined ? drawn(uuid()) : seeded(Math.round(seed))));
  add('uuid', '<:s>', () => uuid());
  add('parse', '<s:x>', (text: string) => JSON.parse(text));
  add('eval', '<sx?:x>', () => {
    throw new Error('$eval is not part of the language: use $parse');
  });
  add('millis', '<:n>', () => now());
  add('now', '<s?s?:s>', (...format: string[]) =>
    library()('$fromMillis($at, $picture, $zone)').evaluate(undefined, {
      ...{ at: now(), picture: format[0], zone: format[1] },
    }),
  );
}
const longestRange = 1000;
