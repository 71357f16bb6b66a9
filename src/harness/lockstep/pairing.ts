/** Which row of the one side is meant by which of the other. */
import type { Row } from '../../model/kernel/transition.ts';
import { sameRow, sameValue } from '../contract/sameness.ts';

export interface Indexed {
  readonly row: Row;
  readonly index: number;
}

/** One of the two is missing where a side has more rows. */
export type RowPair = readonly [model: Indexed | undefined, sql: Indexed | undefined];

export const indexed = (rows: readonly Row[]): Indexed[] => rows.map((row, index) => ({ row, index }));

/** Rows whose order is promised. */
export const byPosition = (model: readonly Indexed[], sql: readonly Indexed[]): RowPair[] =>
  Array.from({ length: Math.max(model.length, sql.length) }, (_, i) => [model[i], sql[i]]);

/** Beyond so many rows left on a side the search for the closest would take too long, and adds nothing for a reader. */
const mostCompared = 300;

/**
 * Rows in an order that nothing promises, without those that both sides have: each of the SQL's with the one of the
 * model that differs from it in the fewest columns, so that an order is not told as a difference.
 */
export function pairRows(model: readonly Row[], sql: readonly Row[]): RowPair[] {
  const expected = indexed(model);
  const actual = indexed(sql).filter(({ row }) => {
    const twin = expected.findIndex((each) => sameRow(each.row, row));
    if (twin >= 0) expected.splice(twin, 1);
    return twin < 0;
  });
  const [compared, others] = [actual.slice(0, mostCompared), actual.slice(mostCompared)];
  const candidates = compared.flatMap((one) =>
    expected.slice(0, mostCompared).map((other) => ({ one, other, distance: distance(other.row, one.row) })),
  );
  // Sorting is stable: of equally close ones the first.
  candidates.sort((a, b) => a.distance - b.distance);
  const taken = new Map<Indexed, Indexed>();
  const left = new Set(expected);
  for (const { one, other } of candidates) {
    if (taken.has(one) || !left.has(other)) continue;
    taken.set(one, other);
    left.delete(other);
  }
  const alone = byPosition([...left], [...compared.filter((one) => !taken.has(one)), ...others]);
  return [...[...taken].map(([one, other]): RowPair => [other, one]), ...alone].sort(
    (a, b) => (a[1] ?? a[0])!.index - (b[1] ?? b[0])!.index,
  );
}

/** In how many columns two rows differ. */
function distance(a: Row, b: Row): number {
  let columns = 0;
  for (const column in a) if (!(Object.hasOwn(b, column) && sameValue(a[column], b[column]))) columns++;
  for (const column in b) if (!Object.hasOwn(a, column)) columns++;
  return columns;
}
