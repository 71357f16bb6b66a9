/** A cell of a table: its text, what it was before, and whether the sides differ in it. */
import type { PageData } from '../page-data.ts';
import { html } from './dom.ts';
import { exactly } from './instants.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longest = 120;

export interface CellMarks {
  /** What stood there a moment ago; undefined where the row is new or the cell is as it was. */
  readonly was?: number | undefined;
  readonly differs?: boolean;
}

/** `text` is a position in the texts, -1 for a column that the row does not have. */
export function cell(data: PageData, text: number, marks: CellMarks = {}): HTMLTableCellElement {
  const { was, differs = false } = marks;
  const classes = [was === undefined ? '' : 'changed', differs ? 'differs' : ''].filter(
    (each) => each !== '',
  );
  return html(
    'td',
    classes.length > 0 ? { class: classes.join(' ') } : {},
    was === undefined ? null : html('del', {}, content(data, was)),
    content(data, text),
  );
}

export function content(data: PageData, text: number): Node {
  if (text === -1) return html('span', { class: 'null' }, 'no such column');
  // The first of the texts is SQL NULL, whatever a value may look like.
  if (text === 0) return html('span', { class: 'null' }, data.texts[0]!);
  return textOf(data.texts[text]!);
}

function textOf(value: string): Node {
  if (uuid.test(value)) {
    return html('abbr', { title: value, 'aria-label': value }, `${value.slice(0, 4)}…${value.slice(-4)}`);
  }
  if (value.length <= longest) return html('span', {}, value);
  return html('details', {}, html('summary', {}, `${value.slice(0, longest - 40)}…`), value);
}

/** The wall clock's idea of an instant of the trace. */
export function instantTitle(data: PageData, milliseconds: number): string {
  const date = new Date(data.startedAt + milliseconds);
  return Number.isNaN(date.getTime()) ? exactly(milliseconds) : date.toISOString();
}
