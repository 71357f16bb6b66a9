/** A cell of a table: its text, what it was before, and whether the sides differ in it. */
import type { PageData } from '../page-data.ts';
import { html } from './dom.ts';
import { exactly } from './instants.ts';

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const longest = 160;
/** What is longer is broken into lines. */
const longestLine = 40;

export interface CellMarks {
  /** What stood there a moment ago; undefined where the row is new or the cell is as it was. */
  readonly was?: number | undefined;
  readonly differs?: boolean;
}

/** `text` is a position in the texts, -1 for a column that the row does not have. */
export function cell(data: PageData, text: number, marks: CellMarks = {}): HTMLTableCellElement {
  const { was, differs = false } = marks;
  const isLong = Math.max(lengthOf(data, text), lengthOf(data, was ?? 0)) > longestLine;
  const marked = { changed: was !== undefined, differs, long: isLong };
  const classes = Object.entries(marked).flatMap(([name, isMarked]) => (isMarked ? [name] : []));
  return html(
    'td',
    classes.length > 0 ? { class: classes.join(' ') } : {},
    was === undefined ? null : html('del', {}, content(data, was)),
    content(data, text),
  );
}

const lengthOf = ({ texts }: PageData, text: number) => shortened(texts[text] ?? '').length;

export function content(data: PageData, text: number): Node {
  if (text === -1) return html('span', { class: 'null' }, 'no such column');
  // The first of the texts is SQL NULL, whatever a value may look like.
  if (text === 0) return html('span', { class: 'null' }, data.texts[0]!);
  return textOf(data.texts[text]!);
}

/** A value with its ids cut short; what is long is folded. */
export function textOf(value: string): Node {
  const shown = shortened(value);
  if (shown.length <= longest) return html('span', {}, ...parts(value));
  return html('details', {}, html('summary', {}, `${shown.slice(0, longest - 40)}…`), value);
}

/** Ids in full would leave no room for the rest; they are told apart by their ends. */
function parts(value: string): (Node | string)[] {
  const ids = value.match(uuids) ?? [];
  return value.split(uuids).flatMap((text, i) => {
    const id = ids[i];
    return id === undefined ? [text] : [text, html('abbr', { title: id }, shortened(id))];
  });
}

const shortened = (value: string) => value.replace(uuids, (id) => `${id.slice(0, 4)}…${id.slice(-4)}`);

/** The wall clock's idea of an instant of the trace. */
export function instantTitle(data: PageData, milliseconds: number): string {
  const date = new Date(data.startedAt + milliseconds);
  return Number.isNaN(date.getTime()) ? exactly(milliseconds) : date.toISOString();
}
