/** A machine as a test hands it over: an object, or a text of JSON or YAML. */
import {
  type MachineJson,
  machineSchemaWithExpressions,
} from '../../../model/state-machine/states-language/language/definition.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import { messageOfThrown } from '../../twin/user-line.ts';
import { loaded } from './engine/peers.ts';
import { holdable } from './tasks/result.ts';

interface Yaml {
  parse(text: string): unknown;
}

/** @throws SimulationError which names the state and the field */
export function readDefinition(definition: unknown): MachineJson {
  const value = typeof definition === 'string' ? readText(definition) : definition;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SimulationError(
      `the definition is ${shown(value)}: expected an object, or a text of JSON or YAML`,
    );
  }
  const read = machineSchemaWithExpressions.safeParse(asJson(value));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  throw new SimulationError(`the definition is no state machine\n  ${faults.slice(0, 10).join('\n  ')}`);
}

function asJson(value: unknown): unknown {
  try {
    // With the fields in the order in which they are written.
    return holdable(JSON.parse(JSON.stringify(value)), 'the definition has');
  } catch (error) {
    throw new SimulationError(`the definition is no JSON: ${messageOfThrown(error)}`, { cause: error });
  }
}

function readText(text: string): unknown {
  if (text.trimStart().startsWith('{')) {
    try {
      return once(text, JSON.parse(text));
    } catch (error) {
      throw new SimulationError(`the definition is no JSON: ${messageOfThrown(error)}`, { cause: error });
    }
  }
  const yaml = loaded<Yaml>('yaml', 'A definition in YAML', (require) => require('yaml'));
  try {
    return yaml.parse(text);
  } catch (error) {
    throw new SimulationError(`the definition is no YAML: ${messageOfThrown(error)}`, { cause: error });
  }
}

/** JSON takes a name twice without a word. So it is read as YAML as well, where that can be read. */
function once(text: string, value: unknown): unknown {
  try {
    loaded<Yaml>('yaml', 'This check', (require) => require('yaml')).parse(text);
  } catch (error) {
    if (!(error instanceof SimulationError) && /unique/i.test(messageOfThrown(error))) throw error;
  }
  return value;
}

/** `state Charge, Retry[0].MaxAttempts`: the innermost state that the path leads through. */
function placeOf(path: readonly PropertyKey[]): string {
  const last = path.lastIndexOf('States');
  const isInState = last >= 0 && path.length > last + 1;
  const state = isInState ? `state ${String(path[last + 1])}` : 'machine';
  const field = path
    .slice(isInState ? last + 2 : 0)
    .map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`))
    .join('')
    .replace(/^\./, '');
  return field === '' ? state : `${state}, ${field}`;
}
