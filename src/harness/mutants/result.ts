/** What became of a mutant. */
import type { AnyCommand } from '../contract/command.ts';
import type { TraceEntry } from '../contract/trace.ts';
import type { Mutant } from './mutant.ts';

/**
 * `killed` where verify does not end well, `survived` where it finds nothing, `not-installed` where the SQL is
 * refused, `equivalent` where it is argued that nothing can be found (then it is not tried).
 */
export type Outcome = 'killed' | 'survived' | 'not-installed' | 'equivalent';

export interface MutantResult extends Mutant {
  readonly outcome: Outcome;
  /**
   * Of the killed: `divergence`, `timeout` where the SQL ran for ever, `broken` where the database or the model
   * broke. Of the others null.
   */
  readonly by: 'divergence' | 'timeout' | 'broken' | null;
  /** The first place that differs, what broke, why it does not install, or the argument for its equivalence. */
  readonly where: string | null;
  /** The sample that found it, from 0. */
  readonly sample: number | null;
  /** Samples executed, the diverging one included. */
  readonly samples: number;
  /** The fewest commands that show it, found by shrinking. */
  readonly trace: readonly TraceEntry<AnyCommand>[] | null;
  /** Shrinking and installing included. */
  readonly seconds: number;
}
