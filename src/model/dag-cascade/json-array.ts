/** A JSON array as Postgres reads it into an array of jsonb: arrays in it may become dimensions. */
import type { Jsonb } from '../kernel/jsonb.ts';
import type { SqlError } from '../kernel/sql-error.ts';
import { refuse } from './refusal.ts';

/** An item is no array where one has to be, or they are not all of the same length. */
const malformed: SqlError = { sqlstate: '22P02' };
const tooManyDimensions: SqlError = { sqlstate: '54000' };
const mostDimensions = 6;

/**
 * What `unnest` gives of it. Surprise: how often the first item is an array inside an array is the number of dimensions, so the items of
 * `[[1], [2]]` are 1 and 2; those of `[1, [2]]` are 1 and [2].
 */
export function elementsOf(array: readonly Jsonb[]): readonly Jsonb[] {
  let dimensions = 1;
  for (let first = array[0]; Array.isArray(first); first = first[0]) dimensions++;
  const elements = elementsAt(array, dimensions);
  if (dimensions > mostDimensions) refuse(tooManyDimensions);
  return elements;
}

function elementsAt(array: readonly Jsonb[], dimensions: number): readonly Jsonb[] {
  if (dimensions === 1) return array;
  const inner = array.map((item) => (Array.isArray(item) ? (item as Jsonb[]) : refuse(malformed)));
  if (inner.some(({ length }) => length !== inner[0]!.length)) refuse(malformed);
  return inner.flatMap((item) => elementsAt(item, dimensions - 1));
}
