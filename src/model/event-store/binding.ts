/** What binding the parameters of a statement makes of them: uuids as Postgres writes them, or a refusal. */

import { type Jsonb, jsonbRefusal } from '../kernel/jsonb.ts';
import { isRefusal } from '../kernel/outcome.ts';
import { nulInText, type SqlError } from '../kernel/sql-error.ts';
import type { EventStoreStatement } from './commands.ts';
import { type IdType, readUuid } from './ids.ts';
import { deciderIdParameters, jsonbParameters, parameterNames, uuidParameters } from './signatures.ts';

/** A text that is not what its type wants. */
const invalidText: SqlError = { sqlstate: '22P02' };

type Kind = 'text' | 'uuid' | 'jsonb';

function kindOf(parameter: string, idType: IdType): Kind {
  if (jsonbParameters.has(parameter)) return 'jsonb';
  if (uuidParameters.has(parameter)) return 'uuid';
  return deciderIdParameters.has(parameter) ? idType : 'text';
}

const kindsOf = (idType: IdType) =>
  new Map(
    Object.entries(parameterNames).map(([type, names]) => [
      type,
      (names as readonly string[]).map((name) => [name, kindOf(name, idType)] as const),
    ]),
  );
const kinds = { uuid: kindsOf('uuid'), text: kindsOf('text') };

/** The first parameter in the order of the statement that cannot be bound decides. */
export function bind(command: EventStoreStatement, idType: IdType): EventStoreStatement | SqlError {
  const values = command as unknown as Record<string, unknown>;
  let bound: Record<string, unknown> | undefined;
  for (const [name, kind] of kinds[idType].get(command.type)!) {
    const value = values[name];
    const read = readParameter(value, kind);
    if (isRefusal(read)) return read;
    if (read !== value) bound = { ...(bound ?? values), [name]: read };
  }
  return (bound as EventStoreStatement | undefined) ?? command;
}

function readParameter(value: unknown, kind: Kind): unknown {
  if (kind === 'jsonb') return jsonbRefusal(value as Jsonb | undefined) ?? value;
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) return nulInText;
  return kind === 'uuid' ? (readUuid(value) ?? invalidText) : value;
}
