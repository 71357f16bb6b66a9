/** The two kinds of ledgers as tables: a row is made by the first addition to it. */
import { checkViolation } from '../../kernel/sql-error.ts';
import { refuse } from './refusal.ts';
import { type Draft, ledgerKey, pairKey } from './state.ts';

/** Beyond, a number of JavaScript, which the original keeps ledgers in, is no longer exact. */
function exact(value: number, table: string): number {
  if (!Number.isSafeInteger(value)) refuse(checkViolation(`${table}_value_check`));
  return value;
}

/** Gives what the ledger is then. */
export function addToActivity(draft: Draft, jid: string, aid: string, dad: string, amount: number): number {
  const key = ledgerKey(jid, aid, dad);
  const value = exact((draft.ledgers.get(key)?.value ?? 0) + amount, 'activity_ledgers');
  draft.ledgers = draft.ledgers.set(key, { jid, aid, dad, value }, draft.owner);
  return value;
}

/** What is there is written over. */
export function setActivity(draft: Draft, jid: string, aid: string, dad: string, value: number): void {
  const key = ledgerKey(jid, aid, dad);
  if (draft.ledgers.has(key)) draft.reached.push('state/ledger-begins-anew');
  draft.ledgers = draft.ledgers.set(key, { jid, aid, dad, value }, draft.owner);
}

export function addToGuid(draft: Draft, jid: string, guid: string, amount: number): number {
  const key = pairKey(jid, guid);
  const value = exact((draft.guids.get(key)?.value ?? 0) + amount, 'guid_ledgers');
  draft.guids = draft.guids.set(key, { jid, guid, value }, draft.owner);
  return value;
}

/** Where none is there. Gives what it is. */
export function setGuid(draft: Draft, jid: string, guid: string, value: number): number {
  draft.guids = draft.guids.set(pairKey(jid, guid), { jid, guid, value }, draft.owner);
  return value;
}

/** Of a job of the same name that is no longer there. */
export function forgetLedgersOf(draft: Draft, jid: string): void {
  for (const [key, ledger] of draft.ledgers) {
    if (ledger.jid === jid) draft.ledgers = draft.ledgers.delete(key);
  }
  for (const [key, ledger] of draft.guids) {
    if (ledger.jid === jid) draft.guids = draft.guids.delete(key);
  }
}
