/** When the orchestrator has something to do, read off the state. */
import { isReady } from '../../../../model/dag-cascade/draft.ts';
import type { DagCascadeState } from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';

/** In what a round of the orchestrator looks at, or changes. */
export const isSame = (a: DagCascadeState, b: DagCascadeState): boolean =>
  a.tasks === b.tasks &&
  a.flows === b.flows &&
  a.workers === b.workers &&
  a.connections === b.connections &&
  a.trackers === b.trackers &&
  a.targets === b.targets &&
  a.control === b.control;

/** When a task may run that was deferred, or the time of one is up. Strictly after that: so a millisecond later. */
export function dueAt({ open, tasks }: DagCascadeState, now: Instant): Instant {
  let first = Number.POSITIVE_INFINITY;
  for (const id of open.values()) {
    const task = tasks.get(id)!;
    if (!isReady(task)) {
      if (task.times_up !== null) first = Math.min(first, task.times_up + 1);
    } else if (task.eligible_when !== null && task.eligible_when > now) {
      first = Math.min(first, task.eligible_when);
    }
  }
  return first;
}
