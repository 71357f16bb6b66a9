/** What a twin throws that cannot do what a test asks, and how values are shown in it. */
import { cut } from './cut.ts';

/**
 * A simulation cannot do what a test asks: an argument is of the wrong kind, a step does not exist, a handler
 * never settles. The message names the argument and what was expected.
 */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

/** A value for an error message: short, on one line, whatever it is. */
export function shown(value: unknown, most = 80): string {
  const text = textOf(value);
  return text.length > most ? `${cut(text, most - 1)}…` : text;
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'function':
      return value.name === '' ? 'a function' : `the function ${value.name}`;
    case 'bigint':
      return `${value}n`;
    case 'object':
      if (value instanceof Promise) return 'a promise';
      if (value instanceof Error) return `${value.name}: ${value.message}`;
      try {
        return JSON.stringify(value) ?? String(value);
      } catch {
        return Object.prototype.toString.call(value);
      }
    default:
      return String(value);
  }
}
