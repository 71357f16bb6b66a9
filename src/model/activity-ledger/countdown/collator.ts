/** The operations of the first collator on the ledgers of a draft. */
import { withLastIndex } from '../shared/dimensions.ts';
import { addToActivity, addToGuid } from '../shared/ledgers.ts';
import type { Collated, Place } from '../shared/protocol.ts';
import type { Draft } from '../shared/state.ts';
import { additionOf, faultOf, type Operation, syntheticReentry } from './operations.ts';
import { verifySynthetic } from './verification.ts';

export function collate(
  draft: Draft,
  operation: Exclude<Operation, 'notarize_reentry'>,
  { jid, aid, dad }: Place,
  cycle = false,
): Collated {
  const { documented } = draft;
  const value = addToActivity(draft, jid, aid, dad, additionOf(operation, cycle, documented));
  return { value, fault: faultOf(operation, value, documented) };
}

/** A message enters leg 2: it is counted by the activity where that was not cycled yet, and for itself. */
export function notarizeReentry(
  draft: Draft,
  { jid, aid, dad }: Place,
  guid: string,
): Collated & { readonly guid_value: number } {
  const at = dad === '' ? dad : withLastIndex(dad, 0);
  const { documented } = draft;
  const amount = additionOf('notarize_reentry', false, documented);
  const value = addToActivity(draft, jid, aid, at, amount);
  const guid_value = addToGuid(draft, jid, guid, syntheticReentry);
  const fault = faultOf('notarize_reentry', value, documented) ?? verifySynthetic(guid_value);
  const isLate = fault === 'inactive' && documented.has('a-late-message-is-not-taken-back');
  if (isLate) addToActivity(draft, jid, aid, at, -amount);
  return { value, fault, guid_value };
}

/** Surprise: an empty guid is none. */
const isNone = (guid: string | null): guid is null => guid === null || guid === '';

/** A job is begun by a message; null where nobody sent one. */
export const notarizeInception = (draft: Draft, jid: string, guid: string | null): number | null =>
  isNone(guid) ? null : addToGuid(draft, jid, guid, syntheticReentry);

/** Whether the message that finds its job there is the one that has begun it. */
export const isInceptionOverage = (draft: Draft, jid: string, guid: string | null): boolean =>
  !isNone(guid) && addToGuid(draft, jid, guid, syntheticReentry) > syntheticReentry;
