/** A refusal as a client is told of it: in the words of Postgres. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import type { SqlError } from '../../../../model/kernel/sql-error.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { refusalWords } from '../../../twin/refusal-words.ts';

export function errorOf(refusal: SqlError, type: DagCascadeCommand['type']): PostgresError {
  const { sqlstate, column, constraint } = refusal;
  const [schema, table] = tableOf(refusal, type)?.split('.') ?? [];
  return new PostgresError(messageOf(refusal, table), sqlstate, { schema, table, column, constraint });
}

function messageOf(refusal: SqlError, table: string | undefined): string {
  const { sqlstate, constraint, message } = refusal;
  if (constraint === 'flow_priority_t_check') {
    return `value for domain flow.flow_priority_t violates check constraint "${constraint}"`;
  }
  switch (sqlstate) {
    case '21000':
      return 'ON CONFLICT DO UPDATE command cannot affect row a second time';
    case '22P02':
      return 'invalid input syntax for type json';
    default:
      return refusalWords(refusal, table) ?? message ?? `refused with SQLSTATE ${sqlstate}`;
  }
}

/** A constraint begins with the table that it belongs to: the longest of those is it. */
const tables = [
  'flow.dependency_configuration',
  'flow.flow_configuration',
  'async.concurrency_pool',
  'flow.node',
  'flow.flow',
  'async.task',
];

/** Of a column that may not be null, by the function that writes it. */
const tablesOfColumns: Readonly<Record<string, string>> = {
  'configure target': 'async.target',
  'configure concurrency_pool': 'async.concurrency_pool',
  'restart_flow concurrency_pool': 'async.concurrency_pool_tracker',
  'configure_flow node': 'flow.node',
  'configure_flow parent': 'flow.dependency_configuration',
  'args flow_id': 'flow.arguments',
};

function tableOf({ column, constraint }: SqlError, type: string): string | undefined {
  if (constraint === 'task_flow_idx') return 'async.task';
  if (constraint === 'flow_priority_t_check') return undefined;
  if (constraint !== undefined)
    return tables.find((table) => constraint.startsWith(`${table.split('.')[1]}_`));
  return column === undefined ? undefined : tablesOfColumns[`${type} ${column}`];
}
