/** A place that differs, as a page shows it: values as in the tables below it, and queues by their names. */
import type { Row } from '../../../model/kernel/transition.ts';
import type { Drawing } from '../../contract/drawing.ts';
import { absent } from '../../lockstep/difference.ts';
import { cellText, sqlNullText } from './cell-text.ts';
import type { PageValue } from './page-data.ts';
import type { PageDifference } from './page-input.ts';

interface DifferingPlace {
  /** `step_tasks[0].status`, `q_f[1]`, `result.sqlstate` */
  readonly where: string;
  readonly row: string;
  readonly values: readonly [first: unknown, second: unknown];
}

/** Instants are relative to `startedAt`. */
export function pageDifference(
  { where, row, values: [first, second] }: DifferingPlace,
  drawing: Drawing | undefined,
  startedAt: number,
): PageDifference {
  const shown = (value: unknown) => pageValue(value, where, drawing, startedAt);
  return { where: titleOf(where, drawing), row, shown: [shown(first), shown(second)] };
}

/** `queue f: vt` for `q_f[0].vt`: the row is named by its key, so it needs no number. */
function titleOf(where: string, drawing: Drawing | undefined): string {
  const [, table = where, column] = /^(.+?)\[\d+\](?:\.(.+))?$/s.exec(where) ?? [];
  const title = drawing?.tableTitle?.(table);
  if (title === undefined) return where;
  return column === undefined ? title : `${title}: ${column}`;
}

function pageValue(
  value: unknown,
  where: string,
  drawing: Drawing | undefined,
  startedAt: number,
): PageValue {
  const column = columnOf(where);
  if (value === absent) return absentText(where, column);
  const typeOf = (name: string) => drawing?.columnType(name) ?? 'other';
  if (where === 'finishedAt') return cellText(value, 'instant', startedAt);
  if (column !== undefined) return cellText(value, typeOf(column), startedAt);
  const rows = rowsOf(value);
  if (rows === undefined) return cellText(value, 'other', startedAt);
  if (rows.length === 0) return 'no rows';
  return rows.map((each) =>
    Object.entries(each)
      .map(([name, content]) => [name, cellText(content, typeOf(name), startedAt)] as const)
      .filter(([, text]) => text !== sqlNullText),
  );
}

/** Undefined where the place is a whole row, result or table. */
function columnOf(where: string): string | undefined {
  const dot = where.lastIndexOf('.');
  return dot < 0 || where.endsWith(']') ? undefined : where.slice(dot + 1);
}

function rowsOf(value: unknown): readonly Row[] | undefined {
  const isRow = (each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each);
  if (isRow(value)) return [value as Row];
  return Array.isArray(value) && value.every(isRow) ? value : undefined;
}

function absentText(where: string, column: string | undefined): string {
  if (where.endsWith(']')) return 'no such row';
  if (where.includes('].')) return 'no such column';
  return column === undefined && !where.includes(' ') ? 'no such table' : 'none';
}
