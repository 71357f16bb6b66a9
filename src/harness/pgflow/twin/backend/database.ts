/** The database as a client sees it: rows, or an error; and it may be out of reach for a while. */
import type { SqlError } from '../../../../model/kernel/sql-error.ts';
import type { Result, Row } from '../../../../model/kernel/transition.ts';
import { DatabaseError, PostgresError } from '../../../twin/database-error.ts';

export const unreachable = () => new DatabaseError('the database is unreachable');

/** @throws PostgresError where the statement was refused. */
export function rowsOf(result: Result): readonly Row[] {
  if (result.ok) return result.rows;
  const { sqlstate, column, constraint } = result.refusal;
  throw new PostgresError(messageOf(result.refusal), sqlstate, { column, constraint });
}

/** Postgres' own words for what its callers of these functions can run into; of RAISE, the model has the words. */
const words: Readonly<Record<string, string>> = {
  '22P02': 'invalid input syntax for type json',
  '22P05': 'unsupported Unicode escape sequence',
  '22021': 'invalid byte sequence for encoding "UTF8": 0x00',
};

function messageOf({ message, sqlstate, constraint, column }: SqlError): string {
  if (words[sqlstate] !== undefined) return words[sqlstate];
  // Where Postgres words it, the model does not follow, so on no backend is it repeated.
  if (sqlstate === 'P0001' && message !== undefined) return message;
  return `refused with SQLSTATE ${sqlstate}${constraint || column ? ` (${constraint ?? column})` : ''}`;
}
