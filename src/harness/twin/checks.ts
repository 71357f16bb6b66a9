/** Checks of what a test hands over; each error names the argument, `what`, and what was expected. */
import { SimulationError, shown } from './simulation-error.ts';

/** That it is an object whose properties can be read. @throws SimulationError */
export function checkObject(value: unknown, what: string): void {
  if (!isRecord(value)) throw new SimulationError(`${what} is ${shown(value)}: expected an object`);
  for (const name of Object.keys(value)) checkReadable(value, name, what);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  try {
    return (
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length >= 0
    );
  } catch {
    return false;
  }
}

function checkReadable(value: Readonly<Record<string, unknown>>, name: string, what: string): void {
  try {
    void value[name];
  } catch (error) {
    throw new SimulationError(`${what}.${name} cannot be read: its getter throws ${shown(error)}`, {
      cause: error,
    });
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
