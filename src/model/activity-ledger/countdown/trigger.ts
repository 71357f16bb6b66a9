/** A job is begun. */
import { matching } from '../shared/deploy.ts';
import { firstAddress } from '../shared/dimensions.ts';
import { putJob, usualExpire } from '../shared/jobs.ts';
import { setActivity } from '../shared/ledgers.ts';
import { publish } from '../shared/messages.ts';
import type { Outcome } from '../shared/outcome.ts';
import type { Begin } from '../shared/protocol.ts';
import { type Process, write } from '../shared/writes.ts';
import { isInceptionOverage, notarizeInception } from './collator.ts';
import { triggerSeed } from './operations.ts';
import { makeReady, transitionTo } from './transition.ts';

/** Surprise: a process that ends between two of the writes leaves a job that nobody goes on with. */
export function beginJob(process: Process, { flow, jid, guid, parent, is_severed }: Begin): Outcome {
  const children = matching(process.draft.graph.activities.get(flow.trigger)!, 200);
  const status = children.length;
  const isNew = write(process, (draft) => {
    const there = draft.jobs.get(jid);
    if (there?.gid === null && draft.documented.has('a-trigger-that-crashed-is-not-gone-on-with'))
      return true;
    // Surprise: a name is never free again, also long after its job has expired.
    if (there) return false;
    putJob(draft, {
      jid,
      gid: null,
      flow: null,
      status,
      parent: null,
      is_severed: false,
      error_code: null,
      completions: 0,
      expires_at: null,
    });
    return true;
  });
  if (!isNew)
    return write(process, (draft) => isInceptionOverage(draft, jid, guid)) ? 'overage' : 'duplicate-job';

  const job = write(process, (draft) => {
    const gid = `gen${++draft.lastGeneration}`;
    const begun = putJob(draft, {
      ...draft.jobs.get(jid)!,
      ...{ gid, flow: flow.flow, status, parent, is_severed },
    });
    setActivity(draft, jid, flow.trigger, firstAddress, triggerSeed);
    makeReady(draft, begun, firstAddress, children);
    notarizeInception(draft, jid, guid);
    return begun;
  });
  if (parent !== null && is_severed) {
    write(process, (draft) => {
      draft.reached.push('job/severed');
      publish(draft, { kind: 'result', ...parent, status: 'success', code: 200 });
    });
  }
  // Surprise: one that has nothing to do is not kept for as long as its flow says.
  transitionTo(process, job, firstAddress, children, status, usualExpire);
  return 'done';
}
