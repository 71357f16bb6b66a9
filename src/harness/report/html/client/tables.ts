/** The tables of both sides: merged, with two lines where a row differs, or beside each other. */
import { html } from './dom.ts';
import { drawGrid, type Line } from './grid.ts';
import { count } from './instants.ts';
import { type RowView, type TableView, tablesOf } from './rows.ts';
import { before, momentOf, type View } from './view.ts';

/** A table with those of its rows that are shown. */
interface Shown {
  readonly table: TableView;
  readonly rows: readonly RowView[];
}

export function showTables(body: HTMLElement, view: View): void {
  const tables = tablesOf(view.data, momentOf(view), before(view));
  const shown = tables
    .map((table): Shown => ({ table, rows: view.rows === 'all' ? table.rows : table.rows.filter(speaks) }))
    .filter(({ table, rows }) => rows.length > 0 || isOneSided(table))
    .sort((a, b) => Number(isSingle(a.table)) - Number(isSingle(b.table)));
  const rest = restOf(view, tables.length - shown.length, shown.length);
  body.replaceChildren(...shown.map((each) => drawTable(view, each)), html('p', { class: 'hint' }, rest));
}

/** How many rows of which tables the command changed, in words. */
export function changesIn(view: View): string {
  const changed = tablesOf(view.data, momentOf(view), before(view)).flatMap(({ name, rows }) => {
    const number = rows.filter(({ isChanged }) => isChanged).length;
    return number === 0 ? [] : [`${number} in ${name}`];
  });
  return changed.length === 0 ? 'No row changed' : `Rows changed: ${changed.join(', ')}`;
}

const speaks = ({ isChanged, differs }: RowView) => isChanged || differs;

const isOneSided = ({ isThere }: TableView) => isThere.includes(true) && isThere.includes(false);

/** A sequence: a single value, which needs no line of its own. */
const isSingle = ({ columns }: TableView) => columns.length === 1;

function restOf({ rows }: View, hidden: number, shown: number): string {
  if (rows === 'all') return hidden === 0 ? '' : `${count(hidden, 'table')} without rows.`;
  if (shown === 0) return 'The command changed no table.';
  return hidden === 0 ? '' : `${count(hidden, 'other table')} did not change.`;
}

function drawTable(view: View, shown: Shown): HTMLElement {
  const { data, layout } = view;
  const { table, rows } = shown;
  const isBeside = layout === 'beside' && data.sides.length > 1 && !isSingle(table);
  const columns = columnsOf(view, shown);
  const title = titleOf(view, shown, table.columns.length - columns.length);
  const kind = isSingle(table) ? 'table single' : isBeside ? 'table beside' : 'table';
  if (isBeside) {
    const panes = data.sides.map((name, side) => {
      const lines = rows.map((row): Line => ({ row, side }));
      return pane(
        `${table.name}, ${name}`,
        name,
        drawGrid({ data, table, lines, columns, namesSides: false }),
      );
    });
    return html('div', { class: kind }, title, ...panes);
  }
  // A row that both sides have alike is one line; any other is a line for each side.
  const lines = rows.flatMap((row): Line[] =>
    row.differs ? data.sides.map((_, side) => ({ row, side })) : [{ row, side: 0 }],
  );
  const namesSides = rows.some(({ differs }) => differs);
  const grid = drawGrid({ data, table, lines, columns, namesSides });
  return html('div', { class: kind }, title, pane(table.name, '', grid));
}

/** Among what changed, columns that have nothing to tell would only push the others out of sight. */
function columnsOf(view: View, { table, rows }: Shown): readonly number[] {
  const all = table.columns.map((_, column) => column);
  if (view.rows === 'all') return all;
  const isTold = (column: number) =>
    rows.some(({ now, was }) => {
      const texts = [...now, ...was].map((cells) => cells?.[column] ?? 0);
      // Beside each other there is room for what speaks alone.
      return texts.some((text) => text !== (view.layout === 'beside' ? texts[0] : 0));
    });
  return all.filter((column) => table.key.includes(column) || isTold(column));
}

function titleOf({ data }: View, { table, rows }: Shown, left: number): HTMLElement {
  const all = count(table.rows.length, 'row');
  const absent = data.sides.filter((_, side) => !table.isThere[side]);
  const notes = [
    rows.length < table.rows.length ? `${rows.length} of ${all}` : all,
    ...(left === 0 ? [] : [`${count(left, 'column')} hidden`]),
    ...(isOneSided(table) ? [`missing in: ${absent.join(', ')}`] : absent.length > 0 ? ['dropped'] : []),
  ];
  const differs = isOneSided(table) || rows.some((row) => row.differs);
  return html(
    'h3',
    {},
    ...nameOf(table.name),
    html('span', { class: 'hint' }, isSingle(table) ? '' : notes.join(' · ')),
    differs ? html('span', { class: 'flag' }, 'differs') : null,
  );
}

function nameOf(qualified: string): (Node | string)[] {
  const dot = qualified.indexOf('.') + 1;
  return [html('span', { class: 'schema' }, qualified.slice(0, dot)), qualified.slice(dot)];
}

function pane(label: string, caption: string, table: HTMLElement): HTMLElement {
  const scroll = html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);
  const side = caption === '' ? null : html('p', { class: 'side' }, caption);
  return html('div', { class: 'pane' }, side, scroll);
}
