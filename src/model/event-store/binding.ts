/** What binding the parameters of a statement makes of them: uuids as Postgres writes them, or a refusal. */

import { type Jsonb, jsonbRefusal } from '../kernel/jsonb.ts';
import { nulInText, type SqlError } from '../kernel/sql-error.ts';
import type { EventStoreStatement } from './commands.ts';
import { type IdType, readUuid } from './ids.ts';
import { deciderIdParameters, jsonbParameters, parameterNames, uuidParameters } from './signatures.ts';

/** A text that is not what its type wants. */
const invalidText: SqlError = { sqlstate: '22P02' };

type Kind = 'text' | 'uuid' | 'jsonb';

interface Parameter {
  readonly name: string;
  readonly kind: Kind;
}

function kindOf(parameter: string, idType: IdType): Kind {
  if (jsonbParameters.has(parameter)) return 'jsonb';
  if (uuidParameters.has(parameter)) return 'uuid';
  return deciderIdParameters.has(parameter) ? idType : 'text';
}

const parametersOf = (idType: IdType) =>
  new Map<string, readonly Parameter[]>(
    Object.entries(parameterNames).map(([type, names]) => [
      type,
      (names as readonly string[]).map((name) => ({ name, kind: kindOf(name, idType) })),
    ]),
  );
const parameters = { uuid: parametersOf('uuid'), text: parametersOf('text') };

/** The first parameter in the order of the statement that cannot be bound decides. */
export function bind(command: EventStoreStatement, idType: IdType): EventStoreStatement | SqlError {
  const values = command as unknown as Record<string, unknown>;
  let bound: Record<string, unknown> | undefined;
  for (const { name, kind } of parameters[idType].get(command.type)!) {
    const value = values[name];
    if (value === null || value === undefined) continue;
    if (kind === 'jsonb') {
      const refusal = jsonbRefusal(value as Jsonb);
      if (refusal) return refusal;
    } else if (typeof value === 'string') {
      if (value.includes('\0')) return nulInText;
      if (kind === 'text') continue;
      const uuid = readUuid(value);
      if (uuid === undefined) return invalidText;
      if (uuid !== value) bound = { ...(bound ?? values), [name]: uuid };
    }
  }
  return (bound as EventStoreStatement | undefined) ?? command;
}
