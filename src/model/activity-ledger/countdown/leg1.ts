/** Leg 1: an activity is begun, and either waits for what comes back, or is over at once. */
import { assert } from '../../kernel/assert.ts';
import { matching } from '../shared/deploy.ts';
import { reentryDimension } from '../shared/dimensions.ts';
import { hookOf, hooksOn, noteTimer, putHook, putSignal, scheduleSlot } from '../shared/hooks.ts';
import { interruptJob } from '../shared/interrupt.ts';
import { addStatus, expireOf, isOver, jobOf } from '../shared/jobs.ts';
import { publish } from '../shared/messages.ts';
import { failed, type Outcome } from '../shared/outcome.ts';
import type { Collated, Place } from '../shared/protocol.ts';
import type { DeployedActivity, Job, Message } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { collate } from './collator.ts';
import { makeReady, transitionTo } from './transition.ts';

/** What a leg has at hand. */
interface Begun {
  readonly process: Process;
  readonly job: Job;
  readonly activity: DeployedActivity;
  readonly message: Message;
  readonly place: Place;
}

export function beginActivity(process: Process, activity: DeployedActivity, message: Message): Outcome {
  const job = jobOf(process.draft, message);
  if (typeof job === 'string') return job;
  const place = { jid: job.jid, aid: activity.aid, dad: message.dad! };
  // Surprise: whoever finds a job that is over enters all the same.
  const { documented } = process.draft;
  if (isOver(job.status) && documented.has('an-entry-into-a-job-that-is-over-counts')) return 'inactive';
  const { value, fault }: Collated = write(process, (draft) => collate(draft, 'notarize_entry', place));
  process.entered = value;
  if (fault === 'duplicate') {
    // Surprise: also where whoever entered first did not come to its end.
    const isUnfinished = String(value).length === 15 && String(value).charAt(1) === '9';
    const isTakenUp = isUnfinished && documented.has('a-crashed-leg-1-is-never-run-again');
    if (!isTakenUp || isOver(job.status)) return fault;
    return carryOut({ process, job, activity, message, place });
  }
  if (fault !== null) return failed(process, message, fault);
  if (isOver(job.status)) return 'inactive';
  return carryOut({ process, job, activity, message, place });
}

function carryOut(begun: Begun): Outcome {
  const { process, job, activity, message, place } = begun;
  process.draft.reached.push(`leg1/${activity.kind}`);
  switch (activity.kind) {
    case 'worker':
    case 'await':
      write(process, (draft) => {
        const topic = (activity.kind === 'worker' ? activity.topic : activity.flow) ?? null;
        const { jid, gid } = job;
        const to = activity.kind === 'worker' ? ('work' as const) : ('await' as const);
        publish(draft, { kind: to, topic, jid, gid, aid: place.aid, dad: place.dad });
        collate(draft, 'authorize_reentry', place);
      });
      return 'done';
    case 'hook':
      if (!hooksOn(activity)) return passThrough(begun);
      registerHook(begun);
      return 'done';
    case 'signal': {
      const status = completeEarly(begun);
      // Nothing that waits for it is no write.
      if (!hookOf(process.draft.graph, activity.topic!)) return failed(process, message, 'failed');
      write(process, (draft) => putSignal(draft, activity.topic!));
      leadOn(begun, status);
      return 'done';
    }
    case 'cycle':
      // Its state is saved by itself before.
      write(process, () => {});
      write(process, (draft) => {
        const ancestor = activity.ancestor!;
        const dad = reentryDimension(activity.ancestors, ancestor, place.dad);
        publish(draft, { kind: 'response', jid: job.jid, gid: job.gid, aid: ancestor, dad });
        collate(draft, 'notarize_early_exit', place);
      });
      return 'done';
    default:
      assert(activity.kind === 'interrupt', `nothing leads to a ${activity.kind}`);
      return interrupt(begun);
  }
}

/** Surprise: a sleep is noted by writes of its own, before the activity can be entered again. */
function registerHook({ process, job, activity, place }: Begun): void {
  const { topic, sleep = 0 } = activity;
  const gid = job.gid!;
  if (topic === undefined) {
    const due = write(process, (draft) => noteTimer(draft, place, gid, sleep));
    // Surprise: a process that ends before this takes all others with it that are woken then.
    if (due !== undefined) write(process, (draft) => scheduleSlot(draft, due));
  }
  write(process, (draft) => {
    if (topic !== undefined) putHook(draft, topic, place, gid);
    collate(draft, 'authorize_reentry', place);
  });
}

const childrenOf = ({ activity }: Begun) => matching(activity, 200);

/** Surprise: an activity that only passes on is never entered again, though its ledger says that it was, once. */
function completeEarly(begun: Begun, isReady = true): number {
  const { process, job, activity, place } = begun;
  const children = childrenOf(begun);
  return write(process, (draft) => {
    if (isReady) makeReady(draft, job, place.dad, children);
    collate(draft, 'notarize_early_completion', place, activity.cycle === true);
    return addStatus(draft, draft.jobs.get(job.jid)!, children.length - 1);
  });
}

function leadOn(begun: Begun, status: number): void {
  const { process, job, activity, place } = begun;
  transitionTo(process, job, place.dad, childrenOf(begun), status, expireOf(process.draft, activity));
}

function passThrough(begun: Begun): Outcome {
  begun.process.draft.reached.push('leg1/passes-on');
  leadOn(begun, completeEarly(begun));
  return 'done';
}

function interrupt(begun: Begun): Outcome {
  const { process, job, activity, message, place } = begun;
  const target = activity.target ?? job.jid;
  const why = interruptJob(process, target, expireOf(process.draft, activity));
  if (why !== undefined) return failed(process, message, 'failed');
  if (target !== job.jid) {
    process.draft.reached.push('leg1/interrupts-another');
    // Surprise: nobody makes ready what follows.
    const isReady = process.draft.documented.has('what-follows-an-interruption-is-never-run');
    leadOn(begun, completeEarly(begun, isReady));
    return 'done';
  }
  write(process, (draft) => {
    collate(draft, 'notarize_early_completion', place, activity.cycle === true);
    addStatus(draft, draft.jobs.get(job.jid)!, -1);
  });
  return 'done';
}
