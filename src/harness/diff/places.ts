/** What differs between two sides after a command, and how such a difference is called in general. */
import type { Difference } from '../lockstep/difference.ts';
import { absent } from '../lockstep/difference.ts';

/** A place where the two sides differ. */
export interface Place {
  /** What is the same in every trace: `step_states.status`, `q_*: a row (to only)`. */
  readonly what: string;
  /** `step_tasks[0].status`; a number is the row's on the second side. */
  readonly where: string;
  /** The row by its key; empty where there is none. */
  readonly row: string;
  /** Values of the two sides; {@link absent} where one has none. */
  readonly from: unknown;
  readonly to: unknown;
}

/** The order of a difference's sides: `model` is the first in what compares, `sql` the second. */
export function placeOf(what: string, { where, row, model, sql }: Difference): Place {
  return { what, where, row, from: model, to: sql };
}

/** Which side alone has something, for the name of a difference. */
export function onlyIn(from: unknown): string {
  return from === absent ? '(to only)' : '(from only)';
}
