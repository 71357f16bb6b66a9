/** Rows without what is not compared. */
import type { Row } from '../../model/kernel/transition.ts';
import { sameRow } from './sameness.ts';

export function withoutColumns(row: Row, columns: ReadonlySet<string>): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.has(column)));
}

/** The rows without others, each of which takes away one that is the same. */
export function withoutRows(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const left = rows.slice();
  for (const other of others) {
    const at = left.findIndex((row) => sameRow(row, other));
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}
