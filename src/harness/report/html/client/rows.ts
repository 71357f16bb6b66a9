/** The rows of a table at a moment: paired between the sides, and with what they were before. */
import type { MomentData, PageData, SideData } from '../page-data.ts';

export type Cells = readonly number[];

export interface RowView {
  /** By side; null where that side has no such row. */
  readonly now: readonly (Cells | null)[];
  /** By side, the row of the same key at the moment before; null where there was none. */
  readonly was: readonly (Cells | null)[];
  readonly isChanged: boolean;
  readonly differs: boolean;
}

export interface TableView {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly number[];
  readonly rows: readonly RowView[];
  /** By side, whether the table is there at all. */
  readonly isThere: readonly boolean[];
}

/** Every table that some side has now, or had a moment ago. */
export function tablesOf(data: PageData, now: MomentData, was: MomentData | undefined): TableView[] {
  return data.tables.flatMap(({ name, columns, key }, table) => {
    const isThere = now.sides.map(({ tables }) => contentOf(tables, table) !== undefined);
    const current = now.sides.map(({ tables }) => keyed(data, tables, table, key));
    const previous = now.sides.map((_, side) =>
      keyed(data, was?.sides[side]?.tables ?? data.initial, table, key),
    );
    const keys = [...new Set([...previous, ...current].flatMap((rows) => [...rows.keys()]))];
    if (!isThere.includes(true) && keys.length === 0) return [];
    const rows = keys.map((id): RowView => {
      const cellsNow = current.map((rows) => rows.get(id) ?? null);
      const cellsWas = previous.map((rows) => rows.get(id) ?? null);
      return {
        now: cellsNow,
        was: cellsWas,
        isChanged: cellsNow.some((cells, side) => cells !== cellsWas[side]),
        differs: cellsNow.some((cells) => cells !== cellsNow[0]),
      };
    });
    // Those that are gone stand among the others, where they stood.
    return [{ name, columns, key, rows: ordered(rows, data, key), isThere }];
  });
}

function contentOf(tables: SideData['tables'], table: number): number | undefined {
  return tables.find(([each]) => each === table)?.[1];
}

/** Rows by the text of their key; equal rows are one and the same array, so that `===` compares them. */
function keyed(
  data: PageData,
  tables: SideData['tables'],
  table: number,
  key: readonly number[],
): Map<string, Cells> {
  const content = contentOf(tables, table);
  const rows = new Map<string, Cells>();
  if (content === undefined) return rows;
  for (const row of data.contents[content]!) {
    const cells = data.rows[row]!;
    const id = key.length === 0 ? '' : key.map((column) => cells[column]).join(' ');
    let nth = 0;
    while (rows.has(`${id} #${nth}`)) nth++;
    rows.set(`${id} #${nth}`, cells);
  }
  return rows;
}

function ordered(rows: readonly RowView[], data: PageData, key: readonly number[]): RowView[] {
  const order = new Intl.Collator('en', { numeric: true });
  const textOf = ({ now, was }: RowView, column: number) => {
    const cells = [...now, ...was].find((each) => each !== null);
    return data.texts[cells?.[column] ?? 0] ?? '';
  };
  return [...rows].sort((a, b) => {
    for (const column of key) {
      const by = order.compare(textOf(a, column), textOf(b, column));
      if (by !== 0) return by;
    }
    return 0;
  });
}
