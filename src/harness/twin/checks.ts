/** Checks of what a test hands over; each error names the argument, `what`, and what was expected. */
import { SimulationError, shown } from './simulation-error.ts';

/** @throws SimulationError */
export function checkObject(value: unknown, what: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SimulationError(`${what} is ${shown(value)}: expected an object`);
  }
}

/** @throws SimulationError where a property is none of those. */
export function checkNames(value: object, what: string, names: ReadonlySet<string>): void {
  for (const name of Object.keys(value)) {
    if (names.has(name)) continue;
    throw new SimulationError(`${what}.${name} is not an option: expected one of ${[...names].join(', ')}`);
  }
}

/** @throws SimulationError */
export function wholeNumber(
  value: unknown,
  what: string,
  least: number,
  most: number,
  expected = `a whole number from ${least} to ${most}`,
): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw new SimulationError(`${what} is ${shown(value)}: expected ${expected}`);
  }
  return value;
}
