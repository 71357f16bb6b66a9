/** Rows as a table: a line for each row, or one for each side of it; what changed and what differs is marked. */
import type { PageData } from '../page-data.ts';
import { cell } from './cells.ts';
import { html } from './dom.ts';
import type { RowView, TableView } from './rows.ts';

/** A row as one side has it. */
export interface Line {
  readonly row: RowView;
  readonly side: number;
}

export interface Grid {
  readonly data: PageData;
  readonly table: TableView;
  readonly lines: readonly Line[];
  /** Positions of the columns to show. */
  readonly columns: readonly number[];
  /** Whether lines say whose they are. */
  readonly namesSides: boolean;
}

export function drawGrid(grid: Grid): HTMLElement {
  const { table, lines, columns, namesSides } = grid;
  const head = html(
    'tr',
    {},
    namesSides ? html('td', {}, html('span', { class: 'unseen' }, 'Side')) : null,
    ...columns.map((column) => {
      const attributes = table.key.includes(column) ? { scope: 'col', class: 'key' } : { scope: 'col' };
      return html('th', attributes, table.columns[column]!);
    }),
  );
  const body = lines.map((line, i) => drawLine(grid, line, lines[i - 1]?.row === line.row));
  return html('table', {}, html('thead', {}, head), html('tbody', {}, ...body));
}

function drawLine(grid: Grid, { row, side }: Line, continues: boolean): HTMLElement {
  const { data, columns, namesSides } = grid;
  const now = row.now[side] ?? null;
  const was = row.was[side] ?? null;
  const gutter = namesSides
    ? html('th', { scope: 'row', class: 'side' }, row.differs ? data.sides[side]! : '')
    : null;
  const attributes = { class: `${kindOf(now, was)}${continues ? ' continues' : ''}` };
  const shown = row.differs ? now : (now ?? was);
  if (shown === null) {
    const none = html('td', { colspan: columns.length, class: 'differs' }, 'no such row');
    return html('tr', attributes, gutter, none);
  }
  const others = row.now.filter((_, i) => i !== side);
  const cells = columns.map((column) => {
    const text = shown[column]!;
    const isChanged = now !== null && was !== null && was[column] !== text;
    return cell(data, text, {
      was: isChanged ? was[column] : undefined,
      differs: row.differs && others.some((other) => other?.[column] !== text),
    });
  });
  return html('tr', attributes, gutter, ...cells);
}

function kindOf(now: RowView['now'][number], was: RowView['was'][number]): '' | 'new' | 'gone' {
  if (now === null) return was === null ? '' : 'gone';
  return was === null ? 'new' : '';
}
