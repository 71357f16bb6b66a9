/** A refusal in the words of Postgres, as far as they follow from what was refused and where. RAISE has its own. */
import type { SqlError } from '../../model/kernel/sql-error.ts';

const words: Readonly<Record<string, string>> = {
  '2201W': 'LIMIT must not be negative',
  '22004': 'null values cannot be formatted as an SQL identifier',
  '22008': 'timestamp out of range',
  '22021': 'invalid byte sequence for encoding "UTF8": 0x00',
  '22P05': 'unsupported Unicode escape sequence',
};

/** Nothing where there is more to it. `table`: that of the row. */
export function refusalWords(
  { sqlstate, message, column, constraint }: SqlError,
  table: string | undefined,
): string | undefined {
  switch (sqlstate) {
    case 'P0001':
      return message;
    case '23502':
      return `null value in column "${column}" of relation "${table}" violates not-null constraint`;
    case '23503':
      return `insert or update on table "${table}" violates foreign key constraint "${constraint}"`;
    case '23505':
      return `duplicate key value violates unique constraint "${constraint}"`;
    case '23514':
      return `new row for relation "${table}" violates check constraint "${constraint}"`;
    default:
      return words[sqlstate];
  }
}
