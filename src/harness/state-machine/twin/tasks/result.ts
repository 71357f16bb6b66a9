/** What came of a handler, as JSON. */
import { type Jsonb, jsonbRefusal } from '../../../../model/kernel/jsonb.ts';
import { throughJson } from '../../../twin/json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';

/** Nothing is JSON null. @throws SimulationError: `what` came with what is no JSON */
export function resultOf(value: unknown, what: string): Jsonb {
  if (value === undefined) return null;
  let read: Jsonb;
  try {
    read = throughJson(value).value;
  } catch (error) {
    throw new SimulationError(`${what} ${shown(value)}, which is no JSON: ${messageOfThrown(error)}`, {
      cause: error,
    });
  }
  return holdable(read, what);
}

/** A text with U+0000, or with half of a surrogate pair, is none in a database. @throws SimulationError */
export function holdable<T extends Jsonb>(value: T, what: string): T {
  if (!jsonbRefusal(value)) return value;
  throw new SimulationError(
    `${what} ${shown(value)}, in which a text has U+0000 or half of a surrogate pair`,
  );
}

/** `Error` and `Cause` of what was thrown: its name and its message. */
export function failureOf(thrown: unknown): { readonly error: string; readonly cause: string } {
  const cause = messageOfThrown(thrown);
  try {
    return { error: thrown instanceof Error ? String(thrown.name) : 'Error', cause };
  } catch {
    return { error: 'Error', cause };
  }
}
