/** Leg 2: what comes back to an activity that waits. */

import { matching } from '../shared/deploy.ts';
import { withLastIndex } from '../shared/dimensions.ts';
import { addStatus, expireOf, isOver, jobOf, putJob } from '../shared/jobs.ts';
import type { Outcome } from '../shared/outcome.ts';
import type { DeployedActivity, Message } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { collate, notarizeReentry } from './collator.ts';

import { makeReady, transitionTo } from './transition.ts';
import { dimensionalIndex } from './verification.ts';

/** The code by which transitions are chosen where nobody says. */
const usualCode = 200;

/** A fault is swallowed, whichever it is. */
export function processEvent(process: Process, activity: DeployedActivity, message: Message): Outcome {
  const job = jobOf(process.draft, message);
  if (typeof job === 'string') return job;
  if (isOver(job.status)) return 'inactive';
  const place = { jid: job.jid, aid: activity.aid, dad: message.dad! };
  const { value, fault } = write(process, (draft) => notarizeReentry(draft, place, message.guid));
  process.entered = value;
  if (fault !== null) return fault;

  // Null only of a number that somebody has changed by hand.
  const index = dimensionalIndex(value)!;
  const dad = index > 0 ? withLastIndex(place.dad, index) : place.dad;
  if (index > 0) process.draft.reached.push('leg2/entered-again');
  const code = message.code ?? usualCode;
  const children = matching(activity, code);
  const isPending = message.status === 'pending';
  const status = write(process, (draft) => {
    const { reached } = draft;
    makeReady(draft, job, dad, children);
    if (message.status === 'error' && children.length === 0) {
      reached.push('leg2/error-of-the-job');
      putJob(draft, { ...draft.jobs.get(job.jid)!, error_code: code });
    }
    reached.push(isPending ? 'leg2/pending' : 'leg2/completed');
    collate(
      draft,
      isPending ? 'notarize_continuation' : 'notarize_completion',
      place,
      activity.cycle === true,
    );
    const amount = isPending ? children.length : children.length - 1;
    return addStatus(draft, draft.jobs.get(job.jid)!, amount);
  });
  transitionTo(process, job, dad, children, status, expireOf(process.draft, activity));
  return 'done';
}
