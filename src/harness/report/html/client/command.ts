/** The command of the moment, what it returned on each side, and what differs since. */
import type { MomentData, PageData, PageValue, SideData } from '../page-data.ts';
import { cell, instantTitle, textOf } from './cells.ts';
import { commandText, isComment } from './command-text.ts';
import { html } from './dom.ts';
import { exactly } from './instants.ts';
import { momentOf, type View } from './view.ts';

export function showCommand(body: HTMLElement, view: View): void {
  const { data } = view;
  const moment = momentOf(view);
  const { sides, differences } = moment;
  const isSame = !differences.some(({ where }) => where === 'finishedAt' || /^result\b/.test(where));
  const results = isSame
    ? [resultOf(data, moment, fullest(sides), '', false)]
    : sides.map((side, i) => resultOf(data, moment, side, data.sides[i]!, true));
  const isEvent = isComment(moment.sql);
  const label = isEvent ? 'What happens' : 'The command as SQL';
  body.replaceChildren(
    ...(moment.note === '' ? [] : [html('p', { class: 'note' }, moment.note)]),
    html('pre', { class: 'sql', tabindex: 0, 'aria-label': label }, commandText(moment.sql)),
    // What happens besides, in a simulation, stands among the commands as a comment, and nothing answers it.
    ...(isEvent ? [] : [html('div', { class: 'results' }, ...results), branches(moment)]),
  );
}

/** Sides that agree on a refusal may word it at different length. */
function fullest(sides: readonly SideData[]): SideData {
  return sides.reduce((best, side) =>
    (side.refusal?.length ?? 0) > (best.refusal?.length ?? 0) ? side : best,
  );
}

function resultOf(
  data: PageData,
  moment: MomentData,
  side: SideData,
  name: string,
  differs: boolean,
): HTMLElement {
  const label = differs ? html('p', { class: 'side' }, name) : null;
  const waited = side.finished - moment.at;
  const time = html(
    'p',
    { class: 'hint', title: instantTitle(data, side.finished) },
    waited === 0 ? `at ${exactly(moment.at)}` : `from ${exactly(moment.at)} to ${exactly(side.finished)}`,
  );
  return html('div', { class: differs ? 'result differs' : 'result' }, label, answer(data, side), time);
}

function answer(data: PageData, { refusal, columns, returned: rows }: SideData): HTMLElement {
  if (refusal) {
    const [[, sqlstate] = ['', '']] = refusal;
    const rest = refusal.slice(1).map(([field, text]) => `${field === 'message' ? '' : `${field} `}${text}`);
    return html(
      'p',
      { class: 'refusal' },
      html('strong', {}, `Refused, SQLSTATE ${sqlstate}`),
      ` ${rest.join(' · ')}`,
    );
  }
  if (rows.length === 0) return html('p', { class: 'quiet' }, 'Returned no rows');
  // A function of type void answers with a row all the same.
  if (rows.length === 1 && columns.length === 1 && ['""', 'NULL'].includes(data.texts[rows[0]![0]!]!)) {
    return html('p', { class: 'quiet' }, 'Returned nothing');
  }
  const head = html('tr', {}, ...columns.map((column) => html('th', { scope: 'col' }, column)));
  const body = rows.map((row) => html('tr', {}, ...row.map((text) => cell(data, text))));
  const table = html('table', {}, html('thead', {}, head), html('tbody', {}, ...body));
  return html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Returned rows' }, table);
}

function branches({ branches: names }: MomentData): HTMLElement {
  if (names.length === 0) return html('p', { class: 'hint' });
  const list = [...new Set(names)].map((name) => html('li', {}, name));
  return html(
    'div',
    { class: 'branches' },
    html('span', { class: 'hint' }, 'branches'),
    html('ul', {}, ...list),
  );
}

/** A value as a cell: a text, or a list of columns for each row. Narrow pages print the label above it. */
function valueCell(label: string, value: PageValue): HTMLTableCellElement {
  const isLong = typeof value !== 'string' || value.length > 40;
  const content =
    typeof value === 'string'
      ? [textOf(value)]
      : value.map((row) => html('dl', { class: 'row' }, ...row.map(field)));
  return html('td', { class: isLong ? 'differs long' : 'differs', 'data-label': label }, ...content);
}

const field = ([column, text]: readonly [string, string]) =>
  html('div', {}, html('dt', {}, column), html('dd', {}, textOf(text)));

export function showDifferences(section: HTMLElement, body: HTMLElement, view: View): void {
  const { differences } = momentOf(view);
  section.hidden = differences.length === 0;
  const [first = '', second = ''] = view.data.sides;
  const head = html(
    'tr',
    {},
    ...['where', 'row', first, second].map((name) => html('th', { scope: 'col' }, name)),
  );
  const lines = differences.map(({ where, row, shown: [one = '', other = ''] }) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, where),
      html(
        'td',
        row.length > 40 ? { class: 'long', 'data-label': 'row' } : { 'data-label': 'row' },
        textOf(row),
      ),
      valueCell(first, one),
      valueCell(second, other),
    ),
  );
  const table = html('table', {}, html('thead', {}, head), html('tbody', {}, ...lines));
  body.replaceChildren(
    html('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'What differs' }, table),
  );
}
