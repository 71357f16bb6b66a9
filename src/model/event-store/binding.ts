/** What binding the parameters of a statement makes of them: uuids as Postgres writes them, or a refusal. */

import { jsonbRefusal, type NullableJsonb } from '../kernel/jsonb.ts';
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
export function bind<Statement extends EventStoreStatement>(
  command: Statement,
  idType: IdType,
): Statement | SqlError {
  const values = command as unknown as Record<string, unknown>;
  let bound: Record<string, unknown> | undefined;
  for (const { name, kind } of parameters[idType].get(command.type)!) {
    const value = values[name];
    if (typeof value !== 'string') {
      const refusal = kind === 'jsonb' ? jsonbRefusal(value as NullableJsonb) : undefined;
      if (refusal) return refusal;
      continue;
    }
    const read = readText(value, kind);
    if (read === value) continue;
    if (typeof read !== 'string') return read;
    bound ??= { ...values };
    bound[name] = read;
  }
  return (bound as Statement | undefined) ?? command;
}

/** What no text may hold is looked for last: most uuids are seen at once to be ones. */
function readText(value: string, kind: Kind): string | SqlError {
  if (kind === 'jsonb') return jsonbRefusal(value) ?? value;
  const uuid = kind === 'uuid' ? readUuid(value) : value;
  if (kind === 'uuid' && uuid !== undefined) return uuid;
  if (value.includes('\0')) return nulInText;
  return uuid ?? invalidText;
}
