/** What a twin throws that cannot do what a test asks, and how values are shown in it. */
import { visible, visibleLines } from '../../model/kernel/visible.ts';
import { cut } from './cut.ts';

/**
 * A simulation cannot do what a test asks: an argument is of the wrong kind, a step does not exist, a handler
 * never settles. The message names the argument and what was expected.
 */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';

  constructor(message: string, options?: ErrorOptions) {
    super(visibleLines(message), options);
  }
}

/** A value for an error message: short, on one line, whatever it is. Never throws. */
export function shown(value: unknown, most = 80): string {
  const text = visible(textOf(value));
  return text.length > most ? `${cut(text, most - 1)}…` : text;
}

/** What is left to say of a value that throws at whoever looks at it: a proxy that was revoked, a getter. */
export const withoutWords = 'something that cannot be put into words';

function textOf(value: unknown): string {
  try {
    return wordsOf(value);
  } catch {
    return withoutWords;
  }
}

function wordsOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return value.name === '' ? 'a function' : `the function ${String(value.name)}`;
    case 'bigint':
      return `${value}n`;
    case 'object':
      if (value instanceof Promise) return 'a promise';
      if (value instanceof Error) return `${String(value.name)}: ${String(value.message)}`;
      try {
        return JSON.stringify(value) ?? String(value);
      } catch {
        return Object.prototype.toString.call(value);
      }
    default:
      return String(value);
  }
}

/** `false` where it does not let itself be asked: a proxy that was revoked. */
export const isPromise = (value: unknown): value is Promise<unknown> => isInstance(value, Promise);
export const isDate = (value: unknown): value is Date => isInstance(value, Date);

function isInstance(value: unknown, kind: new (...args: never[]) => unknown): boolean {
  try {
    return value instanceof kind;
  } catch {
    return false;
  }
}
