/** Small constructors for what is decided. */
import { refused, rows } from '../kernel/outcome.ts';
import type { SqlError } from '../kernel/sql-error.ts';
import type { Row } from '../kernel/transition.ts';
import type { Decision } from './decider.ts';
import type { Fact } from './facts.ts';
import type { StoredEvent } from './state.ts';

/** Carried out: the rows that come back, and what happened. */
export const done = (list: readonly Row[], facts: readonly Fact[], ...reached: string[]): Decision => ({
  result: rows(list),
  facts,
  reached,
});

/** `name` of the branch, where the refusal does not tell: RAISE has the same SQLSTATE for everything. */
export function refuse(refusal: SqlError, name = nameOf(refusal), facts: readonly Fact[] = []): Decision {
  return { result: refused(refusal), facts, reached: [`refused/${name}`] };
}

const nameOf = ({ constraint, column, sqlstate }: SqlError) => constraint ?? column ?? sqlstate;

/** A row of `events`, as it is returned. */
export function eventRow({ transaction: _, ...row }: StoredEvent): Row {
  return row;
}
