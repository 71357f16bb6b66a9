/** The database as a client sees it: rows, or an error; and it may be out of reach for a while. */
import type { Result, Row } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { DatabaseError } from '../../../twin/database-error.ts';
import { errorOf } from './words.ts';

export const unreachable = () => new DatabaseError('the database is unreachable');

/** @throws PostgresError where the statement was refused. */
export function rowsOf(result: Result, command: PgflowCommand): readonly Row[] {
  if (result.ok) return result.rows;
  throw errorOf(result.refusal, command);
}
