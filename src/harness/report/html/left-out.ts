/** What a page says where it does not show all. */
import { count } from '../text.ts';

export function leftOutRemark(leftOut: number, shown: number): string[] {
  if (leftOut === 0) return [];
  const all = count(leftOut + shown, 'command');
  return [
    `This page does not show the first ${leftOut.toLocaleString('en-US')} of ${all}, which would need too much memory.`,
  ];
}
