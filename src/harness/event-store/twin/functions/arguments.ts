/**
 * Checks of what the functions are given. What has the type of its parameter reaches the SQL, and what that would refuse
 * is left for it to refuse: null, an id that is no uuid, a number that is no integer.
 */

import { beyondIndex, fitsIntoIndex } from '../../../../model/kernel/indexed-text.ts';
import { isTimestamp } from '../../../../model/kernel/timestamp.ts';
import { checkObject } from '../../../twin/checks.ts';
import { isDate, SimulationError, shown } from '../../../twin/simulation-error.ts';

interface Parameter {
  readonly isOptional?: true;
  readonly expected: string;
  holds(value: unknown): boolean;
}
type Parameters = ReadonlyMap<string, Parameter>;

const text: Parameter = { expected: 'a text', holds: (value) => typeof value === 'string' };
/** A name or an id: every one of them is in an index. */
const name: Parameter = {
  expected: `a text of ${beyondIndex}`,
  holds: (value) => typeof value === 'string' && fitsIntoIndex(value),
};
/** Any number may be sent; what is no integer, or out of its range, is for the SQL to refuse. */
const integer: Parameter = { expected: 'a number', holds: (value) => typeof value === 'number' };
/** What the SQL takes as a bigint and JavaScript does not count is what is left. */
const whole = (least: number, most: number): Parameter => ({
  expected: `a whole number from ${least} to ${most}`,
  holds: (value) =>
    typeof value === 'number' &&
    (!Number.isInteger(value) || Math.abs(value) > 2 ** 63 || (value >= least && value <= most)),
});
const bigint = whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
/** Further off, and a Date cannot hold it. */
const milliseconds = whole(-8e15, 8e15);
const boolean: Parameter = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
/** Checked as it is turned into JSON. */
const json: Parameter = { isOptional: true, expected: 'JSON', holds: () => true };
const timestamp: Parameter = {
  expected: 'a Date of the years 1 to 9999, or a text such as 2030-01-01 00:00:00.000001',
  holds: (value) =>
    typeof value === 'string'
      ? isTimestamp(value)
      : isDate(value) && value.getTime() >= firstYear && value.getTime() < lastYear,
};
const firstYear = new Date('0001-01-01T00:00:00Z').getTime();
const lastYear = Date.UTC(10_000, 0, 1);

const optional = (parameter: Parameter): Parameter => ({ ...parameter, isOptional: true });
const parametersOf = (list: Readonly<Record<string, Parameter>>): Parameters => new Map(Object.entries(list));

const event = {
  event: name,
  event_id: name,
  decider: name,
  decider_id: name,
  data: json,
  command_id: name,
  previous_id: optional(name),
  event_version: optional(bigint),
};

const parameters = {
  registerDeciderEvent: parametersOf({
    decider: name,
    event: name,
    description: text,
    event_version: optional(bigint),
  }),
  appendEvent: parametersOf(event),
  insertEvent: parametersOf({ ...event, final: optional(boolean) }),
  getEvents: parametersOf({ decider_id: name, decider: name }),
  getLastEvent: parametersOf({ decider_id: name, decider: name }),
  registerView: parametersOf({
    view: name,
    start_at: optional(timestamp),
    lock_timeout_s: optional(bigint),
    pooling_delay_s: optional(bigint),
    edge_function_url: optional(text),
  }),
  streamEvents: parametersOf({ view: name, limit: optional(integer), seconds: optional(integer) }),
  ackEvent: parametersOf({ view: name, decider_id: name, offset: bigint }),
  nackEvent: parametersOf({ view: name, decider_id: name }),
  scheduleNackEvent: parametersOf({ view: name, decider_id: name, milliseconds }),
  deleteView: parametersOf({ view: name }),
};

/** @throws SimulationError which names the function, the parameter and what was expected. */
export function checkArguments(name: keyof typeof parameters, given: object): void {
  checkObject(given, `the argument of ${name}()`);
  const known = parameters[name];
  for (const key of Object.keys(given)) {
    if (known.has(key)) continue;
    const list = [...known.keys()].join(', ');
    throw new SimulationError(`${key} is not a parameter of ${name}(): expected one of ${list}`);
  }
  for (const [key, { isOptional, expected, holds }] of known) {
    const value = (given as Record<string, unknown>)[key];
    if (value === null || (value === undefined && isOptional)) continue;
    if (!holds(value)) {
      // An invalid one has no JSON.
      const told = isDate(value) ? String(value) : shown(value);
      throw new SimulationError(`${key} of ${name}() is ${told}: expected ${expected}`);
    }
  }
}
