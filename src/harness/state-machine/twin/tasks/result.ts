/** What came of a handler, as JSON. */
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import { throughJson } from '../../../twin/json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';

/** Nothing is JSON null. @throws SimulationError: `what` came with what is no JSON */
export function resultOf(value: unknown, what: string): Jsonb {
  if (value === undefined) return null;
  try {
    return throughJson(value).value;
  } catch (error) {
    throw new SimulationError(`${what} ${shown(value)}, which is no JSON: ${messageOfThrown(error)}`, {
      cause: error,
    });
  }
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
