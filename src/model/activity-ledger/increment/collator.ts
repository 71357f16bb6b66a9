/** The operations of the second collator on the ledgers of a draft: each of them adds. */
import { withLastIndex } from '../shared/dimensions.ts';
import { addToActivity, addToGuid, setGuid } from '../shared/ledgers.ts';
import type { Collated, Place } from '../shared/protocol.ts';
import { type Draft, ledgerKey, pairKey } from '../shared/state.ts';
import {
  attemptsOf,
  entriesOf,
  isFinalized,
  mostAttempts,
  mostEntries,
  steps,
  stepWeights,
  verifyInteger,
  verifySynthetic,
  weights,
} from './verification.ts';

/** Nothing is added where the counter has no room. */
export function notarizeLeg1Entry(draft: Draft, { jid, aid, dad }: Place): Collated {
  const before = draft.ledgers.get(ledgerKey(jid, aid, dad))?.value ?? 0;
  if (attemptsOf(before) === mostAttempts) return { value: before, fault: 'exhausted' };
  const value = addToActivity(draft, jid, aid, dad, weights.leg1Entry);
  return { value, fault: verifyInteger(value, 1, 'enter') };
}

/** Of what can be cycled, the first round counts as an entry, so that the next one is another. */
export const notarizeLeg1Completion = (draft: Draft, { jid, aid, dad }: Place, cycle: boolean): number =>
  addToActivity(draft, jid, aid, dad, weights.leg1Completion + (cycle ? weights.leg2Entry : 0));

/**
 * A message enters leg 2; the first time, its own ledger begins with which entry it was. Surprise: the entry is counted each
 * time that the message comes.
 */
export function notarizeLeg2Entry(
  draft: Draft,
  { jid, aid, dad }: Place,
  guid: string,
): Collated & { readonly guid_value: number } {
  const at = dad === '' ? dad : withLastIndex(dad, 0);
  const before = draft.ledgers.get(ledgerKey(jid, aid, at))?.value ?? 0;
  const known = draft.guids.get(pairKey(jid, guid))?.value;
  if (entriesOf(before) === mostEntries) return { value: before, fault: 'exhausted', guid_value: known ?? 0 };
  const value = addToActivity(draft, jid, aid, at, weights.leg2Entry);
  const guid_value = known ?? setGuid(draft, jid, guid, entriesOf(value));
  const fault = verifyInteger(value, 2, 'enter');
  // One that was let in before goes on, also where no new one is let in.
  const isKnown = fault === 'inactive' && isFinalized(value) && known !== undefined;
  return {
    value,
    fault: isKnown ? verifySynthetic(guid_value) : (fault ?? verifySynthetic(guid_value)),
    guid_value,
  };
}

export const notarizeStep = (draft: Draft, jid: string, guid: string, step: number): number =>
  addToGuid(draft, jid, guid, stepWeights[step - 1]!);

/** What can be cycled stays open. */
export const notarizeFinalize = (draft: Draft, { jid, aid, dad }: Place, cycle: boolean): number =>
  addToActivity(draft, jid, aid, dad, cycle ? 0 : weights.finalize);

/**
 * In one statement: the job's status, and whether this message was the one that brought it to the threshold, which its own
 * ledger keeps. Gives whether it was; null where there is no such job.
 */
export function setStatusAndCollateGuid(
  draft: Draft,
  jid: string,
  guid: string,
  delta: number,
  threshold: number,
): boolean | null {
  const job = draft.jobs.get(jid);
  if (!job) return null;
  const status = job.status + delta;
  draft.jobs = draft.jobs.set(jid, { ...job, status }, draft.owner);
  const isClosed = status === threshold;
  addToGuid(draft, jid, guid, isClosed ? steps.closed : 0);
  return isClosed;
}
