/** A trace on both installations, with its moments kept: what a page is made of. */
import type { AnyCommand } from '../contract/command.ts';
import type { Both } from '../contract/diff.ts';
import type { Observation } from '../contract/observation.ts';
import type { Trace } from '../contract/trace.ts';
import { RecentMoments } from '../lockstep/recent-moments.ts';
import type { Pair } from './pair.ts';
import type { TandemMoment } from './tandem.ts';

export interface PairRecording {
  readonly trace: Trace<AnyCommand>;
  /** What both held before the first moment. */
  readonly initial: Both<Observation>;
  /** One for each command; of the last ones where memory does not hold all. */
  readonly moments: readonly TandemMoment[];
  /** How many commands were executed before those. */
  readonly leftOut: number;
  /** Whether nothing differed at any command. */
  readonly areSame: boolean;
}

/** Executes the trace once more. Throws DriverError where a database breaks. */
export async function recordPair({ tandem }: Pair, trace: Trace<AnyCommand>): Promise<PairRecording> {
  let initial: Both<Observation> = { from: new Map(), to: new Map() };
  const recent = new RecentMoments<TandemMoment>();
  const { partings } = await tandem.execute(trace, undefined, {
    onStart(tables) {
      initial = tables;
    },
    onMoment(moment) {
      const { tables, reconciled: again } = moment;
      recent.add(moment, [tables.from, tables.to, ...(again ? [again.from, again.to] : [])]);
    },
  });
  const { moments, leftOut, lastLeftOut: last } = recent;
  const before = last?.reconciled ?? last?.tables ?? initial;
  return { trace, initial: before, moments, leftOut, areSame: partings.length === 0 };
}
