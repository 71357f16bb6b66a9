/** The three steps of a message: its work, what follows it, and the end of its job. What is marked as done is passed over. */
import { adjacentTo } from '../shared/dimensions.ts';
import { endJob, hasToTell, putJob, tellParent } from '../shared/jobs.ts';
import { publish } from '../shared/messages.ts';
import type { Place } from '../shared/protocol.ts';
import { type DeployedActivity, type Draft, type Job, pairKey, type Transition } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { notarizeFinalize, notarizeStep, setStatusAndCollateGuid } from './collator.ts';
import { digitOf, steps } from './verification.ts';

export interface Steps {
  readonly activity: DeployedActivity;
  readonly job: Job;
  readonly place: Place;
  readonly guid: string;
  /** Where the activity is in this round. */
  readonly dad: string;
  readonly children: readonly Transition[];
  /** What the job's status is changed by. */
  readonly delta: number;
  /** Seconds. */
  readonly expire: number;
  /** Of the first step, in its transaction. */
  work(draft: Draft): void;
}

export function carryOutSteps(process: Process, leg: Steps): void {
  const { job, guid, dad, children, delta } = leg;
  const { jid, gid } = job;
  const isDone = (weight: number) => {
    const { value } = process.draft.guids.get(pairKey(jid, guid))!;
    return digitOf(value, weight) > 0;
  };
  if (isDone(steps.work)) process.draft.reached.push('steps/work-was-done');
  else {
    write(process, (draft) => {
      leg.work(draft);
      notarizeStep(draft, jid, guid, 1);
    });
  }
  if (isDone(steps.spawn)) process.draft.reached.push('steps/children-were-published');
  else {
    write(process, (draft) => {
      notarizeStep(draft, jid, guid, 2);
      for (const { child } of children)
        publish(draft, { kind: 'transition', jid, gid, aid: child, dad: adjacentTo(dad) });
      setStatusAndCollateGuid(draft, jid, guid, delta, 0);
    });
  }
  // Whoever closed the job sees to its end, also where somebody else has begun to.
  if (isDone(steps.closed) && !isDone(steps.completion)) write(process, (draft) => end(draft, leg));
}

function end(draft: Draft, { activity, job, place, guid, expire }: Steps): void {
  completeInOne(draft, job.jid, expire);
  notarizeStep(draft, job.jid, guid, 3);
  notarizeFinalize(draft, place, activity.cycle === true);
}

/** In one transaction. */
export function completeInOne(draft: Draft, jid: string, expire: number): void {
  const job = draft.jobs.get(jid)!;
  if (hasToTell(job)) tellParent(draft, job);
  endJob(draft, jid, expire);
}

export const completeJob = (process: Process, jid: string, expire: number): void =>
  write(process, (draft) => completeInOne(draft, jid, expire));

/** An error that nothing follows is the job's. */
export function noteError(draft: Draft, jid: string, code: number): void {
  draft.reached.push('leg2/error-of-the-job');
  putJob(draft, { ...draft.jobs.get(jid)!, error_code: code });
}
