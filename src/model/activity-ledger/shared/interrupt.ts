/** Jobs that are ended from outside, or by themselves. */
import { addStatus, interruption, liveJob, putJob } from './jobs.ts';
import { type Process, write } from './writes.ts';

/** The code of an interruption. */
const gone = 410;

/** Why a job cannot be interrupted; `half` where it was, but is not reported as over. */
export type NotInterrupted = 'not-found' | 'over' | 'half';

/** `expire`: seconds that the job is kept then. */
export function interruptJob(process: Process, jid: string, expire: number): NotInterrupted | undefined {
  const job = liveJob(process.draft, jid);
  if (!job) return 'not-found';
  if (job.status <= 0) return 'over';
  write(process, (draft) => addStatus(draft, job, interruption));
  write(process, (draft) => putJob(draft, { ...draft.jobs.get(jid)!, error_code: gone }));
  // Surprise: of one whose trigger has not written what it is, nobody knows whom to notify.
  if (job.gid === null) return 'half';
  process.protocol.completeJob(process, jid, expire);
  return undefined;
}
