/** A refusal of pgflow or its queue as a client is told of it: in the words of Postgres. */
import type { SqlError } from '../../../../model/kernel/sql-error.ts';
import type { Result } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { tableName } from '../../../../model/pgmq/queue-table.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { refusalWords } from '../../../twin/refusal-words.ts';

export function errorOf(refusal: SqlError, command: PgflowCommand): PostgresError {
  const { sqlstate, column, constraint } = refusal;
  const table = tableOf(refusal, command);
  const schema = table === undefined ? undefined : command.type.startsWith('pgmq.') ? 'pgmq' : 'pgflow';
  return new PostgresError(messageOf(refusal, command), sqlstate, { schema, table, column, constraint });
}

/** The result with the words of its refusal, so that those can be compared with the ones of the SQL as well. */
export function inWords(result: Result, command: PgflowCommand): Result {
  if (result.ok) return result;
  return { ...result, refusal: { ...result.refusal, message: messageOf(result.refusal, command) } };
}

export function messageOf(refusal: SqlError, command: PgflowCommand): string {
  const { sqlstate, constraint, column } = refusal;
  const where = constraint ?? column;
  return (
    wordsOf(refusal, command) ??
    `refused with SQLSTATE ${sqlstate}${where === undefined ? '' : ` (${where})`}`
  );
}

function wordsOf(refusal: SqlError, command: PgflowCommand): string | undefined {
  switch (refusal.sqlstate) {
    case '22P02':
      // Ids that are none do not get this far.
      return 'invalid input syntax for type json';
    case '22003':
      return command.type === 'fail_task' ? 'integer out of range' : undefined;
    case '42P01':
      return `relation "pgmq.${queueTable(command)}" does not exist`;
    case '42703':
      // The first of the columns that a sequence has not.
      return 'column "msg_id" does not exist';
    case '42809':
      return `cannot open relation "${queueTable(command)}"`;
    default:
      return refusalWords(refusal, tableOf(refusal, command));
  }
}

/** Where the rows are that a statement writes. */
const tables: Readonly<Partial<Record<PgflowCommand['type'], string>>> = {
  create_flow: 'flows',
  add_step: 'steps',
  start_flow: 'runs',
  complete_task: 'step_states',
  insert_worker: 'workers',
};
const longestFirst = ['step_states', 'step_tasks', 'workers', 'flows', 'steps', 'deps', 'runs'];

/** A key names the table that it belongs to; nothing where the row had not even been made. */
function tableOf({ column, constraint }: SqlError, command: PgflowCommand): string | undefined {
  if (constraint === undefined && column === undefined) return undefined;
  const ofKey = longestFirst.find((table) => constraint?.startsWith(`${table}_`));
  return ofKey ?? tables[command.type] ?? queueTable(command);
}

/** Identifiers are cut after so many bytes. */
const longestName = 63;

function queueTable(command: PgflowCommand): string | undefined {
  if (!('queue_name' in command)) return undefined;
  const name = tableName(command.queue_name);
  return typeof name === 'string' ? cut(`q_${name}`) : undefined;
}

function cut(name: string): string {
  let [length, kept] = [0, ''];
  for (const character of name) {
    length += new TextEncoder().encode(character).length;
    if (length > longestName) break;
    kept += character;
  }
  return kept;
}
