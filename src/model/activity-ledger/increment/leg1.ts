/** Leg 1: an activity is begun, and either waits for what comes back, or is over at once. */
import { matching } from '../shared/deploy.ts';
import { reentryDimension, withLastIndex } from '../shared/dimensions.ts';
import { hooksOn, noteTimer, putHook, putSignal, scheduleSlot } from '../shared/hooks.ts';
import { interruptJob } from '../shared/interrupt.ts';
import { addStatus, expireOf, isOver, jobOf } from '../shared/jobs.ts';
import { setGuid } from '../shared/ledgers.ts';
import { publish } from '../shared/messages.ts';
import { failed, type Outcome } from '../shared/outcome.ts';
import type { Place } from '../shared/protocol.ts';
import { type DeployedActivity, type Draft, type Job, type Message, pairKey } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { notarizeLeg1Completion, notarizeLeg1Entry, notarizeLeg2Entry } from './collator.ts';
import { isToBeEnded } from './leg2.ts';
import { carryOutSteps } from './steps.ts';
import { dimensionalIndex } from './verification.ts';

/** What a leg has at hand. */
interface Begun {
  readonly process: Process;
  readonly job: Job;
  readonly activity: DeployedActivity;
  readonly message: Message;
  readonly place: Place;
}

/** Whether it has children, and no second leg. */
const isOneLegged = (activity: DeployedActivity, job: Job): boolean =>
  activity.kind === 'signal' ||
  (activity.kind === 'hook' && !hooksOn(activity)) ||
  (activity.kind === 'interrupt' && (activity.target ?? job.jid) !== job.jid);

export function beginActivity(process: Process, activity: DeployedActivity, message: Message): Outcome {
  const job = jobOf(process.draft, message);
  if (typeof job === 'string') return job;
  const place = { jid: job.jid, aid: activity.aid, dad: message.dad! };
  const isOneLeg = isOneLegged(activity, job);
  if (isOver(job.status) && !(isOneLeg && isToBeEnded(process, job.jid, message.guid))) return 'inactive';
  const { value, fault } = write(process, (draft) => {
    const entered = notarizeLeg1Entry(draft, place);
    // Its own ledger is there from now on.
    if (isOneLeg && entered.fault === null && !draft.guids.has(pairKey(job.jid, message.guid)))
      setGuid(draft, job.jid, message.guid, 0);
    return entered;
  });
  process.entered = value;
  const begun = { process, job, activity, message, place };
  if (fault !== null && fault !== 'duplicate') return failed(process, message, fault);
  if (isOneLeg) return carryOutAtOnce(begun, fault !== null);
  return fault ?? carryOut(begun);
}

function carryOut({ process, job, activity, place }: Begun): Outcome {
  const { jid, gid } = job;
  const { topic, sleep = 0, kind } = activity;
  process.draft.reached.push(`leg1/${kind}`);
  write(process, (draft) => {
    if (kind === 'worker')
      publish(draft, { kind: 'work', topic: topic!, jid, gid, aid: place.aid, dad: place.dad });
    if (kind === 'await')
      publish(draft, {
        kind: 'await',
        topic: activity.flow ?? null,
        jid,
        gid,
        aid: place.aid,
        dad: place.dad,
      });
    if (kind === 'hook' && topic === undefined) {
      const due = noteTimer(draft, place, gid!, sleep);
      if (due !== undefined) scheduleSlot(draft, due);
    }
    if (kind === 'hook' && topic !== undefined) putHook(draft, topic, place, gid!);
    if (kind === 'cycle') enterAgain(draft, activity, job, place);
    if (kind === 'interrupt') addStatus(draft, draft.jobs.get(jid)!, -1);
    notarizeLeg1Completion(draft, place, kind === 'cycle' || activity.cycle === true);
  });
  // Surprise: where nothing else is open, the job is over by now, and cannot be interrupted: nobody is notified.
  if (kind === 'interrupt') interruptJob(process, jid, expireOf(process.draft, activity));
  return 'done';
}

function enterAgain(
  draft: Draft,
  { ancestor, ancestors }: DeployedActivity,
  { jid, gid }: Job,
  place: Place,
): void {
  const dad = reentryDimension(ancestors, ancestor!, place.dad);
  publish(draft, { kind: 'transition', jid, gid, aid: ancestor!, dad });
}

/** By steps, as leg 2 would. What was done once, and can be cycled, is done again in a round of its own. */
function carryOutAtOnce(begun: Begun, isAgain: boolean): Outcome {
  const { process, job, activity, message, place } = begun;
  let index = 0;
  if (isAgain && activity.cycle === true) {
    const again = write(process, (draft) => notarizeLeg2Entry(draft, place, message.guid));
    process.entered = again.value;
    if (again.fault !== null) return again.fault;
    index = dimensionalIndex(again.value)!;
    process.draft.reached.push('leg1/entered-again');
  } else if (isAgain && !process.draft.guids.has(pairKey(job.jid, message.guid))) {
    // Only who was let in before has something left to do.
    return 'duplicate';
  }

  process.draft.reached.push(`leg1/${activity.kind}`);
  const dad = index > 0 ? withLastIndex(place.dad, index) : place.dad;
  // Surprise: it is done again, whatever came of it, each time that the message comes.
  if (activity.kind === 'interrupt')
    interruptJob(process, activity.target!, expireOf(process.draft, activity));
  const children = matching(activity, 200);
  carryOutSteps(process, {
    ...{ activity, job, place, guid: message.guid, dad, children },
    delta: children.length - 1,
    expire: expireOf(process.draft, activity),
    work: (draft) => {
      if (activity.kind === 'signal') putSignal(draft, activity.topic!);
      if (index === 0) notarizeLeg1Completion(draft, place, activity.cycle === true);
    },
  });
  return 'done';
}
