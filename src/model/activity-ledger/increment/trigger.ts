/** A job is begun: by three steps, which whoever comes again goes on with. */
import { matching } from '../shared/deploy.ts';
import { adjacentTo, firstAddress } from '../shared/dimensions.ts';
import { isOver, putJob } from '../shared/jobs.ts';
import { addToGuid, setActivity } from '../shared/ledgers.ts';
import { publish } from '../shared/messages.ts';
import type { Outcome } from '../shared/outcome.ts';
import type { Begin } from '../shared/protocol.ts';
import { type Draft, pairKey } from '../shared/state.ts';
import { type Process, write } from '../shared/writes.ts';
import { notarizeStep } from './collator.ts';
import { completeInOne } from './steps.ts';
import { digitOf, steps, triggerSeed } from './verification.ts';

export function beginJob(process: Process, begin: Begin): Outcome {
  const { flow, jid, guid } = begin;
  const children = matching(process.draft.graph.activities.get(flow.trigger)!, 200);
  const status = children.length;
  const { isNew, own } = write(process, (draft) => inception(draft, jid, guid, status));
  // Surprise: each time that the message comes, its first step is counted once more.
  if (!isNew && own <= steps.work) return 'duplicate-job';

  const isDone = (weight: number) =>
    guid !== null && digitOf(process.draft.guids.get(pairKey(jid, guid))!.value, weight) > 0;
  if (!isNew) process.draft.reached.push('trigger/gone-on-with');
  if (!isDone(steps.spawn)) {
    write(process, (draft) => {
      const gid = `gen${++draft.lastGeneration}`;
      const { parent, is_severed } = begin;
      putJob(draft, { ...draft.jobs.get(jid)!, ...{ gid, flow: flow.flow, parent, is_severed } });
      setActivity(draft, jid, flow.trigger, firstAddress, triggerSeed);
      for (const { child } of children)
        publish(draft, { kind: 'transition', jid, gid, aid: child, dad: adjacentTo(firstAddress) });
      if (parent !== null && is_severed) {
        draft.reached.push('job/severed');
        publish(draft, { kind: 'result', ...parent, status: 'success', code: 200 });
      }
      if (guid !== null) notarizeStep(draft, jid, guid, 2);
    });
  }
  if (isOver(status) && !isDone(steps.completion)) {
    write(process, (draft) => {
      completeInOne(draft, jid, flow.expire);
      if (guid !== null) notarizeStep(draft, jid, guid, 3);
    });
  }
  return 'done';
}

/** The job, and who has begun it, in one transaction. `own` is the message's ledger then. */
function inception(draft: Draft, jid: string, guid: string | null, status: number) {
  const isNew = !draft.jobs.has(jid);
  if (isNew) {
    putJob(draft, {
      ...{ jid, gid: null, flow: null, status, parent: null, is_severed: false, error_code: null },
      ...{ completions: 0, expires_at: null },
    });
  }
  return { isNew, own: guid === null ? 0 : addToGuid(draft, jid, guid, steps.work) };
}
