/** Jobs: found by whoever has a message for them, over when nothing is open in them. */
import { publish } from './messages.ts';
import type { DeployedActivity, Draft, Job, Message } from './state.ts';

/** Nothing is left of one after its time. */
export function liveJob(draft: Draft, jid: string): Job | undefined {
  const job = draft.jobs.get(jid);
  return job && (job.expires_at === null || job.expires_at > draft.now) ? job : undefined;
}

export function putJob(draft: Draft, job: Job): Job {
  draft.jobs = draft.jobs.set(job.jid, job, draft.owner);
  return job;
}

/** Gives the status that it has then. */
export const addStatus = (draft: Draft, job: Job, amount: number): number =>
  putJob(draft, { ...job, status: job.status + amount }).status;

export const isOver = (status: number): boolean => status <= 0;

/** An interruption takes so much that no activity brings it back. */
export const interruption = -1_000_000_000;

/** Why nothing comes of a message. */
export type Unfit = 'not-found' | 'generation' | 'inactive';

/** The job of a message, where there is one and it is that one. */
export function jobOf(draft: Draft, { jid, gid }: Pick<Message, 'jid' | 'gid'>): Job | Unfit {
  const job = liveJob(draft, jid!);
  if (!job) return 'not-found';
  return job.gid === gid ? job : 'generation';
}

/** Seconds that a job is kept where nobody says. */
export const usualExpire = 1;

/** Whether somebody waits for the end of a job. */
export const hasToTell = ({ parent, is_severed }: Job): boolean => parent !== null && !is_severed;

/** Tells whoever waits for it. */
export function tellParent(draft: Draft, { parent, error_code }: Job): void {
  draft.reached.push('job/notified-its-parent');
  const how = error_code === null ? ('success' as const) : ('error' as const);
  publish(draft, { kind: 'result', ...parent, status: how, code: error_code ?? 200 });
}

/** It is over, and expires after so many seconds. */
export function endJob(draft: Draft, jid: string, expire: number): void {
  const job = draft.jobs.get(jid)!;
  draft.reached.push('job/completed');
  putJob(draft, {
    ...job,
    completions: job.completions + 1,
    // Surprise: with nothing to wait for, a job is kept for ever.
    expires_at: expire > 0 ? draft.now + expire * 1000 : job.expires_at,
  });
}

/** Seconds that a job is kept after its end. */
export const expireOf = (draft: Draft, { ofFlow }: DeployedActivity): number =>
  draft.graph.flows.get(ofFlow)!.expire;
