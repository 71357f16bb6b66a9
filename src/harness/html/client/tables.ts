/** The tables of both sides: merged, with two lines where a row differs, or beside each other. */
import type { PageData } from '../page-data.ts';
import { cell } from './cells.ts';
import { html } from './dom.ts';
import { count } from './instants.ts';
import { type Cells, type RowView, type TableView, tablesOf } from './rows.ts';
import { before, momentOf, type View } from './view.ts';

export function showTables(body: HTMLElement, view: View): void {
  const tables = tablesOf(view.data, momentOf(view), before(view));
  const shown = tables
    .map((table) => ({ table, rows: table.rows.filter((row) => view.rows === 'all' || isOfInterest(row)) }))
    .filter(({ table, rows }) => rows.length > 0 || table.isThere.includes(false));
  body.replaceChildren(
    ...shown.map(({ table, rows }) => tableOf(view, table, rows)),
    rest(view, tables.length, shown.length),
  );
}

/** How many rows of which tables the command changed, in words. */
export function changesIn(view: View): string {
  const changed = tablesOf(view.data, momentOf(view), before(view)).flatMap(({ name, rows }) => {
    const number = rows.filter(({ isChanged }) => isChanged).length;
    return number === 0 ? [] : [`${number} in ${name}`];
  });
  return changed.length === 0 ? 'No row changed' : `Rows changed: ${changed.join(', ')}`;
}

const isOfInterest = ({ isChanged, differs }: RowView) => isChanged || differs;

function rest({ rows }: View, all: number, shown: number): HTMLElement {
  const hidden = all - shown;
  if (rows === 'all')
    return html('p', { class: 'hint' }, hidden === 0 ? '' : `${count(hidden, 'table')} without rows.`);
  if (shown === 0) return html('p', { class: 'hint' }, 'The command left every table as it was.');
  return html(
    'p',
    { class: 'hint' },
    hidden === 0 ? '' : `${count(hidden, 'other table')} stayed as they were.`,
  );
}

function tableOf(view: View, table: TableView, rows: readonly RowView[]): HTMLElement {
  const { data, layout } = view;
  const differing = rows.filter(({ differs }) => differs).length;
  const absent = data.sides.filter((_, side) => !table.isThere[side]);
  const notes = [
    rows.length < table.rows.length
      ? `${rows.length} of ${count(table.rows.length, 'row')}`
      : count(rows.length, 'row'),
    ...(absent.length === 0 ? [] : [`not there: ${absent.join(', ')}`]),
  ];
  const title = html(
    'h3',
    {},
    ...name(table.name),
    html('span', { class: 'hint' }, notes.join(' · ')),
    differing === 0 && absent.length === 0 ? null : html('span', { class: 'flag' }, 'differs'),
  );
  const beside = layout === 'beside' && data.sides.length > 1;
  const panes = beside
    ? data.sides.map((side, i) =>
        pane(
          `${table.name}, ${side}`,
          side,
          grid(
            data,
            table,
            rows.map((row) => [row, i] as const),
            false,
          ),
        ),
      )
    : [pane(table.name, '', merged(data, table, rows))];
  return html('div', { class: beside ? 'table beside' : 'table' }, title, ...panes);
}

function name(qualified: string): (Node | string)[] {
  const [schema = '', ...relation] = qualified.split('.');
  return [html('span', { class: 'schema' }, `${schema}.`), relation.join('.')];
}

function pane(label: string, caption: string, table: HTMLElement): HTMLElement {
  const scroll = html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label }, table);
  return html(
    'div',
    { class: 'pane' },
    caption === '' ? null : html('p', { class: 'side' }, caption),
    scroll,
  );
}

/** A row that both sides have alike is one line; any other is a line for each side that has it. */
function merged(data: PageData, table: TableView, rows: readonly RowView[]): HTMLElement {
  const lines = rows.flatMap((row) =>
    row.differs ? data.sides.map((_, side) => [row, side] as const) : [[row, 0] as const],
  );
  return grid(
    data,
    table,
    lines,
    rows.some(({ differs }) => differs),
  );
}

function grid(
  data: PageData,
  { columns, key }: TableView,
  lines: readonly (readonly [row: RowView, side: number])[],
  hasSides: boolean,
): HTMLElement {
  const head = html(
    'tr',
    {},
    hasSides ? html('th', { scope: 'col' }, html('span', { class: 'unseen' }, 'Side')) : null,
    ...columns.map((column, i) =>
      html('th', key.includes(i) ? { scope: 'col', class: 'key' } : { scope: 'col' }, column),
    ),
  );
  const body = lines.map(([row, side], i) => {
    const continues = lines[i - 1]?.[0] === row;
    return line(data, columns.length, row, side, hasSides, continues);
  });
  return html('table', {}, html('thead', {}, head), html('tbody', {}, ...body));
}

function line(
  data: PageData,
  width: number,
  { now, was, differs }: RowView,
  side: number,
  hasSides: boolean,
  continues: boolean,
): HTMLElement {
  const cells = now[side] ?? null;
  const earlier = was[side] ?? null;
  const gutter = hasSides
    ? html('th', { scope: 'row', class: 'side' }, differs ? data.sides[side]! : '')
    : null;
  const classes = [
    cells === null ? (earlier === null ? 'none' : 'gone') : earlier === null ? 'new' : '',
    continues ? 'continues' : '',
  ];
  const attributes = { class: classes.filter((each) => each !== '').join(' ') };
  if (cells === null && (earlier === null || differs)) {
    return html('tr', attributes, gutter, html('td', { colspan: width, class: 'differs' }, 'no such row'));
  }
  const shown: Cells = cells ?? earlier!;
  const others = now.filter((_, i) => i !== side);
  return html(
    'tr',
    attributes,
    gutter,
    ...shown.map((text, column) =>
      cell(data, text, {
        was: cells && earlier && earlier[column] !== text ? earlier[column] : undefined,
        differs: differs && others.some((other) => other?.[column] !== text),
      }),
    ),
  );
}
