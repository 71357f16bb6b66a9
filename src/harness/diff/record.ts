/** A trace on both installations, every moment of it kept: what a page is made of. */
import type { AnyCommand } from '../contract/command.ts';
import type { Both } from '../contract/diff.ts';
import type { Observation } from '../contract/observation.ts';
import type { Trace } from '../contract/trace.ts';
import type { Pair } from './pair.ts';
import type { TandemMoment } from './tandem.ts';

export interface PairRecording {
  readonly trace: Trace<AnyCommand>;
  /** What both held before the first command. */
  readonly initial: Both<Observation>;
  readonly moments: readonly TandemMoment[];
}

/** Executes the trace once more. Throws DriverError where a database breaks. */
export async function recordPair({ tandem }: Pair, trace: Trace<AnyCommand>): Promise<PairRecording> {
  let initial: Both<Observation> = { from: new Map(), to: new Map() };
  const moments: TandemMoment[] = [];
  await tandem.execute(trace, undefined, {
    onStart(tables) {
      initial = tables;
    },
    onMoment: (moment) => moments.push(moment),
  });
  return { trace, initial, moments };
}
