/** Observations in a canonical order, so that two of them can be compared row by row. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';

type Tables = Iterable<readonly [string, Row[]]>;
type KeyOf = (table: string) => readonly string[];

/** Tables with their rows sorted by key, by which table says. Sorts in place. */
export const observationOf = (tables: Tables, key: KeyOf): Observation => new Map(sortedTables(tables, key));

/** Of a part of an observation. */
export function sortedTables(tables: Tables, key: KeyOf): (readonly [string, readonly Row[]])[] {
  const all = [...tables];
  for (const [table, rows] of all) if (rows.length > 1) sortByKey(rows, key(table));
  return all;
}

const sortByKey = (rows: Row[], key: readonly string[]) => rows.sort((a, b) => compareByKey(a, b, key));

/** Negative where `a` comes before `b`. */
export function compareByKey(a: Row, b: Row, key: readonly string[]): number {
  for (const column of key) {
    const [x, y] = [a[column] as string | number, b[column] as string | number];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}
