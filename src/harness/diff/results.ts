/** What the two sides answered to the same command. */
import type { SqlError } from '../../model/kernel/sql-error.ts';
import type { Result, Row } from '../../model/kernel/transition.ts';
import { withoutColumns } from '../contract/rows.ts';
import { compareInstants, compareResults } from '../lockstep/comparison.ts';
import { absent } from '../lockstep/difference.ts';
import { onlyIn, type Place, placeOf } from './places.ts';

export interface Answer {
  readonly result: Result;
  readonly finishedAt: number;
}

/** Columns that the results of a function have on one side alone are noted rather than compared. */
export function comparePlaces(
  from: Answer,
  to: Answer,
  isOrdered: boolean,
  mayRefuseEither: (one: SqlError, other: SqlError) => boolean,
  note: (side: 'from' | 'to', column: string) => void,
): Place[] {
  const [one, other] = sharedResults(from.result, to.result, note);
  const isEither = !one.ok && !other.ok && mayRefuseEither(one.refusal, other.refusal);
  const differences = isEither ? [] : compareResults(one, other, isOrdered);
  const places = differences.map((difference) => {
    const { where, model } = difference;
    if (where !== 'result') {
      const isRow = where.endsWith(']');
      const column = where.slice(where.indexOf('.') + 1);
      if (isRow) return placeOf(`a returned row ${onlyIn(model)}`, difference);
      return placeOf(where.includes('[') ? `returned ${column}` : `refusal: ${column}`, difference);
    }
    const refused = one.ok ? other : one;
    const sqlstate = refused.ok ? '' : refused.refusal.sqlstate;
    return placeOf(`refused with ${sqlstate} ${onlyIn(one.ok ? absent : model)}`, difference);
  });
  const instants = compareInstants(from.finishedAt, to.finishedAt).map((each) =>
    placeOf('the instant at which it ends', each),
  );
  return [...places, ...instants];
}

export const isOneSidedRefusal = ({ what }: Place) => what.startsWith('refused with ');

function sharedResults(
  from: Result,
  to: Result,
  note: (side: 'from' | 'to', column: string) => void,
): [Result, Result] {
  if (!from.ok || !to.ok) return [from, to];
  const [one, other] = [from.rows[0], to.rows[0]];
  if (!one || !other) return [from, to];
  const oneSided = new Set<string>();
  const look = (side: 'from' | 'to', row: Row, twin: Row) => {
    for (const column in row) {
      if (Object.hasOwn(twin, column)) continue;
      oneSided.add(column);
      note(side, column);
    }
  };
  look('from', one, other);
  look('to', other, one);
  if (oneSided.size === 0) return [from, to];
  const trimmed = (rows: readonly Row[]): Result => ({
    ok: true,
    rows: rows.map((row) => withoutColumns(row, oneSided)),
  });
  return [trimmed(from.rows), trimmed(to.rows)];
}
