/** Observations in a canonical order, so that two of them can be compared row by row. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';

/** Those that are sorted: a projection may give the same ones again and again. */
const sorted = new WeakSet<readonly Row[]>();

/** Tables with their rows sorted by key, by which table says. Sorts in place. */
export function observationOf(
  tables: Iterable<readonly [string, Row[]]>,
  key: (table: string) => readonly string[],
): Observation {
  const observation = new Map<string, readonly Row[]>();
  for (const [table, rows] of tables) {
    if (rows.length > 1 && !sorted.has(rows)) sorted.add(sortByKey(rows, key(table)));
    observation.set(table, rows);
  }
  return observation;
}

function sortByKey(rows: Row[], key: readonly string[]): Row[] {
  return rows.sort((a, b) => {
    for (const column of key) {
      const [x, y] = [a[column] as string | number, b[column] as string | number];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  });
}
