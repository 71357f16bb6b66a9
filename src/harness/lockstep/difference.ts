/** Places where model and SQL differ, and how they are named. */
import type { Row } from '../../model/kernel/transition.ts';
import { sameValue } from '../contract/sameness.ts';

/** A place where model and SQL differ. */
export interface Difference {
  /** `step_tasks[0].status`, `result[1].msg_id`, `result.sqlstate`, `finishedAt`; a number is the row's in the SQL. */
  readonly where: string;
  /** Qualified name of the table; empty for what is no table. */
  readonly table: string;
  /** The row by its key, `run_id=…, step_slug=a`; empty where there is none. */
  readonly row: string;
  readonly model: unknown;
  readonly sql: unknown;
}

/** In place of a value: one side has no such row, column or table. */
export const absent: unique symbol = Symbol('absent');

export const place = (where: string, model: unknown, sql: unknown): Difference => ({
  where,
  table: '',
  row: '',
  model,
  sql,
});

/** Column by column. */
export function compareRow(
  where: string,
  model: Row,
  sql: Row,
  loose: ReadonlySet<string>,
  named: { table: string; row: string },
): Difference[] {
  const places: Difference[] = [];
  for (const column of new Set([...Object.keys(model), ...Object.keys(sql)])) {
    if (loose.has(column) && Object.hasOwn(model, column) && Object.hasOwn(sql, column)) continue;
    const expected = Object.hasOwn(model, column) ? model[column] : absent;
    const actual = Object.hasOwn(sql, column) ? sql[column] : absent;
    if (!sameValue(expected, actual)) {
      places.push({ ...place(`${where}.${column}`, expected, actual), ...named });
    }
  }
  return places;
}

/** A row by its key: `run_id=…, step_slug=a`. */
export const printKey = (row: Row, key: readonly string[]) =>
  key
    .map((column) => `${column}=${typeof row[column] === 'string' ? row[column] : canonical(row[column])}`)
    .join(', ');

/** A value as text, the same for values that are the same. */
export function canonical(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  return (
    JSON.stringify(value, (_, part) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'NULL'
  );
}
