/** How the numbers of both releases are drawn. */
import { hasLeg1Ended, isFinalized } from '../../model/activity-ledger/increment/verification.ts';
import type { DrawnLedger } from './drawing.ts';

/** Leg 1, leg 2's end, its entries and its exits: `88 9 000001 000001`. */
export function drawCountdown(value: number): DrawnLedger {
  const text = String(value);
  if (text.length !== 15 || value < 0) return { groups: text, status: 'failed' };
  const groups = `${text.slice(0, 2)} ${text.slice(2, 3)} ${text.slice(3, 9)} ${text.slice(9)}`;
  if (text.startsWith('999')) return { groups, status: 'created' };
  return { groups, status: text.charAt(2) === '9' ? 'started' : 'completed' };
}

/** Whether it is closed, entries of leg 1, its end, what is not used, and entries of leg 2: `0 01 1 000 00000001`. */
export function drawIncrement(value: number): DrawnLedger {
  const text = String(value).padStart(15, '0');
  if (text.length !== 15 || value < 0) return { groups: text, status: 'failed' };
  const groups = `${text.slice(0, 1)} ${text.slice(1, 3)} ${text.slice(3, 4)} ${text.slice(4, 7)} ${text.slice(7)}`;
  if (value === 0) return { groups, status: 'created' };
  return { groups, status: isFinalized(value) && hasLeg1Ended(value) ? 'completed' : 'started' };
}
