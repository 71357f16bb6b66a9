/** A refusal as a client is told of it: in the words of Postgres. */
import type { EventStoreStatement } from '../../../../model/event-store/commands.ts';
import { type IdType, readUuid } from '../../../../model/event-store/ids.ts';
import {
  deciderIdParameters,
  jsonbParameters,
  parameterNames,
  uuidParameters,
} from '../../../../model/event-store/signatures.ts';
import { type Jsonb, jsonbRefusal } from '../../../../model/kernel/jsonb.ts';
import type { SqlError } from '../../../../model/kernel/sql-error.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { refusalWords } from '../../../twin/refusal-words.ts';

export function errorOf(refusal: SqlError, statement: EventStoreStatement, ids: IdType): PostgresError {
  const { sqlstate, column, constraint } = refusal;
  const table = tableOf(refusal, statement);
  return new PostgresError(messageOf(refusal, statement, table, ids), sqlstate, {
    schema: table === undefined ? undefined : 'public',
    table,
    column,
    constraint,
  });
}

/** What every statement of a transaction is told behind one that was refused. */
export const aborted = () =>
  new PostgresError(
    'current transaction is aborted, commands ignored until end of transaction block',
    '25P02',
  );

/** Where the rows are that a statement writes; streaming and acknowledging change locks. */
const tables: Readonly<Partial<Record<EventStoreStatement['type'], string>>> = {
  register_decider_event: 'deciders',
  append_event: 'events',
  insert_event: 'events',
  register_view: 'views',
};

/** Nothing where the row had not even been made. */
function tableOf({ column, constraint }: SqlError, { type }: EventStoreStatement): string | undefined {
  if (constraint === undefined && column === undefined) return undefined;
  return tables[type] ?? 'locks';
}

function messageOf(
  refusal: SqlError,
  statement: EventStoreStatement,
  table: string | undefined,
  ids: IdType,
): string {
  if (refusal.sqlstate === '22P02') return invalidInput(statement, ids);
  return refusalWords(refusal, table) ?? `refused with SQLSTATE ${refusal.sqlstate}`;
}

/** The first parameter that cannot be bound is the one that is told. */
function invalidInput(statement: EventStoreStatement, ids: IdType): string {
  for (const name of parameterNames[statement.type]) {
    const value = (statement as unknown as Record<string, unknown>)[name];
    if (jsonbParameters.has(name)) {
      if (jsonbRefusal(value as Jsonb | undefined)) return 'invalid input syntax for type json';
      continue;
    }
    const isUuid = uuidParameters.has(name) || (ids === 'uuid' && deciderIdParameters.has(name));
    if (isUuid && typeof value === 'string' && readUuid(value) === undefined) {
      return `invalid input syntax for type uuid: "${value}"`;
    }
  }
  return 'invalid input syntax';
}
