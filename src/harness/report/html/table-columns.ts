/** The tables of a page: all that were there at any moment on any side, with every column that a row of them had. */
import type { PageData } from './page-data.ts';
import type { PageInput } from './page-input.ts';

/** In the order in which they were first seen, the engine's own before those of its queues. */
export function columnsOf({ moments, initial, key, drawing }: PageInput): PageData['tables'] {
  const columns = new Map<string, Set<string>>();
  const seen = new Set<object>();
  for (const tables of [initial, ...moments.flatMap(({ sides }) => sides.map((side) => side.tables))]) {
    for (const [name, rows] of tables) {
      const known = columns.get(name) ?? new Set();
      columns.set(name, known);
      for (const row of rows) {
        if (seen.has(row)) continue;
        seen.add(row);
        for (const column of Object.keys(row)) known.add(column);
      }
    }
  }
  return [...columns]
    .map(([name, known]) => ({ name, columns: [...known], keyColumns: key(name) }))
    .map(({ name, columns: list, keyColumns }) => ({
      name,
      columns: list,
      key: keyColumns.map((column) => list.indexOf(column)).filter((position) => position >= 0),
      instants: list.flatMap((column, position) =>
        drawing?.columnType(column) === 'instant' ? [position] : [],
      ),
    }));
}
