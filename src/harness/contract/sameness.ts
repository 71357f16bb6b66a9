/** Whether values, rows and tables are the same. Asked after every command, so it allocates nothing. */
import { type Jsonb, jsonbEqual } from '../../model/kernel/jsonb.ts';
import type { Row } from '../../model/kernel/transition.ts';

/** Whether two values of a column are the same; JSON as jsonb compares it. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'object' && typeof b === 'object') {
    return a !== null && b !== null && jsonbEqual(a as Jsonb, b as Jsonb);
  }
  // A column of type double can hold NaN.
  return Number.isNaN(a) && Number.isNaN(b);
}

export function sameRow(a: Row, b: Row, loose?: ReadonlySet<string>): boolean {
  if (a === b) return true;
  let surplus = 0;
  for (const column in a) {
    const value = a[column];
    if (!sameValue(value, b[column]) && !loose?.has(column)) return false;
    // SQL NULL of a jsonb column looks like a column that is missing.
    if (value === undefined && !Object.hasOwn(b, column)) return false;
    surplus++;
  }
  for (const _ in b) surplus--;
  return surplus === 0;
}

/** In the order in which they come. */
export function sameRows(a: readonly Row[], b: readonly Row[], loose?: ReadonlySet<string>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (!sameRow(a[i]!, b[i]!, loose)) return false;
  }
  return true;
}
