/** What each operation of the collator adds to the first ledger, and whether it looks at what came of it. */
import type { AsDocumented } from '../shared/deviations.ts';
import type { Fault } from '../shared/outcome.ts';
import { entry, exit, verifyInteger } from './verification.ts';

/** A trigger's ledger is that of an activity that was entered, left, and entered again once. */
export const triggerSeed = 888_000_001_000_001;
/** What an activity begins with, written by what comes before it. */
export const seed = 999_000_000_000_000;

const reentry = 1_000_000;
const finalExit = -1_000_000_000_000;
const bothExits = exit + finalExit;

/** What a message adds to the number that it has for itself. */
export const syntheticReentry = reentry;

/** What an operation adds; `cycle`: whether the activity can be entered again after it was completed. */
export function additionOf(operation: Operation, cycle: boolean, documented: AsDocumented): number {
  switch (operation) {
    case 'notarize_entry':
      return entry;
    case 'authorize_reentry':
      return exit;
    case 'notarize_early_exit':
      return bothExits;
    case 'notarize_early_completion':
      return reentry + 1 + (cycle ? exit : bothExits);
    case 'notarize_reentry':
      return reentry;
    case 'notarize_continuation':
      return 1;
    case 'notarize_completion':
      if (cycle) return 1;
      return documented.has('completion-takes-more-than-documented') ? 1 - 1_000_000_000 : 1 + finalExit;
  }
}

export type Operation =
  | 'notarize_entry'
  | 'authorize_reentry'
  | 'notarize_early_exit'
  | 'notarize_early_completion'
  | 'notarize_reentry'
  | 'notarize_continuation'
  | 'notarize_completion';

/** What an operation finds in the ledger that it has left. */
export function faultOf(operation: Operation, value: number, documented: AsDocumented): Fault | null {
  if (operation === 'notarize_entry') return verifyInteger(value, 1, 'enter', documented);
  return operation === 'notarize_reentry' ? verifyInteger(value, 2, 'enter', documented) : null;
}
