/** The options that every twin has, checked by hand, so that importing a twin loads no schema library. */
import { wholeNumber } from './checks.ts';
import { isDate, SimulationError, shown } from './simulation-error.ts';

/** What a twin executes commands on: the model, or the SQL in an embedded Postgres as well. */
export type BackendName = 'model' | 'pglite';

/** Where virtual time begins unless a test says it. */
const defaultStart = Date.UTC(2030, 0, 1);
/** Whole years 1970 to 9900: what a hundred years may be added to and is still printed alike everywhere. */
const latestStart = Date.UTC(9900, 0, 1);
/** Milliseconds; less than a test of vitest may take. */
const defaultTimeout = 2000;

/** @throws SimulationError */
export function backendName(value: unknown = 'model'): BackendName {
  if (value === 'model' || value === 'pglite') return value;
  throw new SimulationError(`options.backend is ${shown(value)}: expected 'model' or 'pglite'`);
}

/** In milliseconds since the epoch. @throws SimulationError */
export function startInstant(value: unknown = defaultStart): number {
  const start = isDate(value) ? value.getTime() : value;
  return wholeNumber(start, 'options.startedAt', 0, latestStart, 'a Date or milliseconds since 1970');
}

/** Milliseconds of real time within which a handler must settle. @throws SimulationError */
export const timeoutOfHandlers = (value: unknown = defaultTimeout): number =>
  wholeNumber(value, 'options.handlerTimeout', 1, 2 ** 31 - 1);
