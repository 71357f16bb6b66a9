/** What the two sides have written down during one command, in a table that is only ever added to. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Journal } from '../contract/diff.ts';
import { withoutColumns } from '../contract/rows.ts';
import { sameRow } from '../contract/sameness.ts';
import { absent, compareRow } from '../lockstep/difference.ts';
import { onlyIn, type Place } from './places.ts';

/**
 * Ids are left out. Of one kind the order does not matter, as nothing promises it where things happen at once;
 * between kinds it does, where both sides have written the same.
 */
export function compareJournals(journal: Journal, from: readonly Row[], to: readonly Row[]): Place[] {
  const ids = new Set([journal.id]);
  const [one, other] = [from, to].map((rows) => rows.map((row) => withoutColumns(row, ids))) as [
    Row[],
    Row[],
  ];
  const left = one.slice();
  const right = other.filter((row) => {
    const twin = left.findIndex((each) => sameRow(each, row));
    if (twin >= 0) left.splice(twin, 1);
    return twin < 0;
  });
  const name = journal.table.slice(journal.table.indexOf('.') + 1);
  if (left.length === 0 && right.length === 0) {
    const kinds = (rows: readonly Row[]) => rows.map(journal.kindOf);
    if (kinds(one).join('\n') === kinds(other).join('\n')) return [];
    return [{ what: `${name}: the order`, where: name, row: '', from: kinds(one), to: kinds(other) }];
  }

  const places: Place[] = [];
  for (const row of left) {
    const kind = journal.kindOf(row);
    const twin = right.findIndex((each) => journal.kindOf(each) === kind);
    if (twin < 0) places.push(alone(name, kind, row, absent));
    else places.push(...comparePair(journal, name, kind, row, right.splice(twin, 1)[0]!));
  }
  for (const row of right) places.push(alone(name, journal.kindOf(row), absent, row));
  return places;
}

const alone = (name: string, kind: string, from: unknown, to: unknown): Place => ({
  what: `${name} ${kind} ${onlyIn(from)}`,
  where: `${name} ${kind}`,
  row: '',
  from,
  to,
});

/** Column by column, and the payload key by key. */
function comparePair({ payload }: Journal, name: string, kind: string, from: Row, to: Row): Place[] {
  const opened = (row: Row) => {
    const { [payload]: content, ...others } = row;
    return { ...others, ...(content as object) };
  };
  return compareRow(`${name} ${kind}`, opened(from), opened(to), new Set(), { table: '', row: '' }).map(
    ({ where, model, sql }) => ({ what: where, where, row: '', from: model, to: sql }),
  );
}
