/** States that were entered, and what is left of them when something around them ends. */
import type { Json } from './values.ts';

export type Status = 'running' | 'retrying' | 'succeeded' | 'failed' | 'caught' | 'aborted';

export interface Visit {
  readonly state: string;
  readonly input: Json;
  readonly at: number;
  /** The instants of its attempts. */
  readonly tries: readonly number[];
  readonly end: { readonly at: number; readonly status: Status; readonly output?: Json } | undefined;
  /** Whether it was certainly entered: not, where what is around it ended at that very instant. */
  readonly isSure: boolean;
  /** Whether also its attempts and its end are certain. */
  readonly isClear: boolean;
}

/** As they are when what is around them ends: what comes later never comes. */
export const cut = (visits: readonly Visit[], now: number): Visit[] =>
  visits.filter(({ at }) => at <= now).map((visit) => cutOne(visit, now));

function cutOne(visit: Visit, now: number): Visit {
  const isTied = visit.end?.at === now || visit.tries.includes(now);
  return {
    ...visit,
    tries: visit.tries.filter((at) => at <= now),
    end: visit.end && visit.end.at <= now ? visit.end : { at: now, status: 'aborted' },
    isSure: visit.isSure && visit.at < now,
    isClear: visit.isClear && !isTied,
  };
}
