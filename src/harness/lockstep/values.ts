/** Values of the comparison for people and for JSON. */
import { ExactNumber } from '../../sql/json-text.ts';
import { absent } from './comparison.ts';

const tenYears = 10 * 366 * 86_400_000;

/** A value as one line of text; what may be an instant is shown in the time of the trace as well. */
export function showValue(value: unknown, startedAt: number): string {
  if (value === absent) return '(absent)';
  if (value === undefined) return 'SQL NULL';
  if (typeof value === 'bigint') return String(value);
  const text = printed(value);
  const isInstant = typeof value === 'number' && Math.abs(value - startedAt) < tenYears;
  return isInstant ? `${text} (${showInstant(value - startedAt)})` : text;
}

/** `+1.500 s` */
export function showInstant(milliseconds: number): string {
  const sign = milliseconds < 0 ? '-' : '+';
  return `${sign}${(Math.abs(milliseconds) / 1000).toFixed(3)} s`;
}

/** A value as JSON has it: absent, undefined and SQL NULL are null, an integer beyond 2^53 is text. */
export function toJson(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) =>
    typeof part === 'symbol' || part === undefined ? null : typeof part === 'bigint' ? String(part) : part,
  );
  return text === undefined ? null : JSON.parse(text);
}

/** As JSON, but numbers that no JavaScript number holds have all their digits. */
function printed(value: unknown): string {
  // What such numbers begin with while they are among texts; no text of the value may have it.
  let mark = '\ue000';
  const texts = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? null : part)) ?? '';
  while (texts.includes(mark)) mark += '\ue000';
  function replaceUnprintable(this: Record<string, unknown>, key: string, part: unknown): unknown {
    const own = this[key];
    if (own instanceof ExactNumber) return `${mark}${own.digits}`;
    if (part === undefined) return 'SQL NULL';
    return typeof part === 'bigint' ? String(part) : part;
  }
  const text = JSON.stringify(value, replaceUnprintable) ?? String(value);
  return text.replace(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1');
}
