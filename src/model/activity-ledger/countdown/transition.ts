/** How one activity leads to the next: their ledgers are made ready, and then messages are published to them. */
import { adjacentTo } from '../shared/dimensions.ts';
import { endJob, hasToTell, isOver, tellParent } from '../shared/jobs.ts';
import { setActivity } from '../shared/ledgers.ts';
import { publish } from '../shared/messages.ts';
import type { Draft, Job, Transition } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { seed } from './operations.ts';

/** Surprise: where a ledger is there already, its activity can be entered as if for the first time. */
export function makeReady(draft: Draft, { jid }: Job, dad: string, children: readonly Transition[]): void {
  for (const { child } of children) {
    const at = adjacentTo(dad);
    setActivity(draft, jid, child, at, seed);
  }
}

/** Two writes. */
export function completeJob(process: Process, jid: string, expire: number): void {
  const job = process.draft.jobs.get(jid)!;
  if (hasToTell(job)) write(process, (draft) => tellParent(draft, job));
  write(process, (draft) => endJob(draft, jid, expire));
}

/** `dad` is where the activity is that they follow, and `status` what the job has now. */
export function transitionTo(
  process: Process,
  { jid, gid }: Job,
  dad: string,
  children: readonly Transition[],
  status: number,
  expire: number,
): void {
  if (isOver(status)) completeJob(process, jid, expire);
  else if (children.length > 0) {
    write(process, (draft) => {
      for (const { child } of children)
        publish(draft, { kind: 'transition', jid, gid, aid: child, dad: adjacentTo(dad) });
    });
  }
}
