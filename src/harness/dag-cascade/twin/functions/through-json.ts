/** A value of a test on its way into the database. */
import { type Passed, throughJson } from '../../../twin/json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';

/** @throws SimulationError which names it, `what`, where it is no JSON */
export function passedThroughJson(given: unknown, what: string): Passed {
  try {
    return throughJson(given);
  } catch (error) {
    throw new SimulationError(`${what} is ${shownInFull(given)}: expected JSON${reasonOf(given, error)}`);
  }
}

/** As it is thrown. A function, a symbol and the like say it themselves. */
function reasonOf(given: unknown, error: unknown): string {
  if (typeof given !== 'object' || given === null) return '';
  const [why] = messageOfThrown(error).split('\n');
  return ` (${comesToNothing(given) ? 'its toJSON() returns nothing' : why})`;
}

function comesToNothing(given: object): boolean {
  try {
    return JSON.stringify(given) === undefined;
  } catch {
    return false;
  }
}

/** Also with what JSON cannot say: cycles and BigInts. */
function shownInFull(given: unknown): string {
  if (typeof given !== 'object' || given === null) return shown(given);
  try {
    if (comesToNothing(given)) return 'an object';
    const ancestors: unknown[] = [];
    const text = JSON.stringify(given, function (this: unknown, _, value: unknown) {
      if (typeof value === 'bigint') return `${value}n`;
      while (ancestors.length > 0 && ancestors.at(-1) !== this) ancestors.pop();
      if (ancestors.includes(value)) return 'a cycle';
      ancestors.push(value);
      return value;
    });
    return shown(JSON.parse(text));
  } catch {
    return shown(given);
  }
}
