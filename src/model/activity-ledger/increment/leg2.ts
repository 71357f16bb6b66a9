/** Leg 2: what comes back to an activity that waits. */
import { matching } from '../shared/deploy.ts';
import { withLastIndex } from '../shared/dimensions.ts';
import { expireOf, isOver, jobOf } from '../shared/jobs.ts';
import type { Outcome } from '../shared/outcome.ts';
import { type DeployedActivity, type Message, pairKey } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { notarizeLeg2Entry } from './collator.ts';
import { carryOutSteps, noteError } from './steps.ts';
import { digitOf, dimensionalIndex, steps } from './verification.ts';

/** The code by which transitions are chosen where nobody says. */
const usualCode = 200;

/** Whether it was the message that closed its job, and has not seen to its end: the job is over, and the message is not. */
export function isToBeEnded({ draft }: Process, jid: string, guid: string): boolean {
  const value = draft.guids.get(pairKey(jid, guid))?.value ?? 0;
  return digitOf(value, steps.closed) > 0 && digitOf(value, steps.completion) === 0;
}

export function processEvent(process: Process, activity: DeployedActivity, message: Message): Outcome {
  const job = jobOf(process.draft, message);
  if (typeof job === 'string') return job;
  const { guid } = message;
  if (isOver(job.status) && !isToBeEnded(process, job.jid, guid)) return 'inactive';
  const place = { jid: job.jid, aid: activity.aid, dad: message.dad! };
  const { value, fault } = write(process, (draft) => notarizeLeg2Entry(draft, place, guid));
  process.entered = value;
  if (fault !== null) return fault;

  const index = dimensionalIndex(value)!;
  const dad = index > 0 ? withLastIndex(place.dad, index) : place.dad;
  if (index > 0) process.draft.reached.push('leg2/entered-again');
  const code = message.code ?? usualCode;
  const children = matching(activity, code);
  const isPending = message.status === 'pending';
  process.draft.reached.push(isPending ? 'leg2/pending' : 'leg2/completed');
  carryOutSteps(process, {
    ...{ activity, job, place, guid, dad, children },
    delta: isPending ? children.length : children.length - 1,
    expire: expireOf(process.draft, activity),
    work: (draft) => {
      if (message.status === 'error' && children.length === 0) noteError(draft, job.jid, code);
    },
  });
  return 'done';
}
