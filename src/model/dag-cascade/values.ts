/** Values as Postgres writes them: intervals, JSON, and texts as literals inside the statements that are sent. */

import type { Jsonb } from '../kernel/jsonb.ts';
import { jsonbOrder } from '../kernel/jsonb-order.ts';
import type { Interval } from './state.ts';

/** `hours:minutes:seconds`, as an interval of milliseconds is printed. */
export function intervalText(interval: Interval): string {
  const sign = interval < 0 ? '-' : '';
  const ms = Math.abs(interval);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const fraction =
    ms % 1000 === 0
      ? ''
      : `.${String(ms % 1000)
          .padStart(3, '0')
          .replace(/0+$/, '')}`;
  return `${sign}${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${fraction}`;
}

/** What {@link intervalText} writes; the only form of an interval that a command may have. */
export const intervalFormat = /^-?\d{2,6}:[0-5]\d:[0-5]\d(\.\d{0,2}[1-9])?$/;

export function intervalOf(text: string): Interval {
  const [hours, minutes, seconds] = text.replace('-', '').split(':').map(Number) as [number, number, number];
  const ms = Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
  return text.startsWith('-') ? -ms : ms;
}

/** `jsonb::text`: keys by their length in bytes, then by bytes; a space behind each colon and comma. */
export function jsonbText(value: Jsonb): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  const object = value as Record<string, Jsonb>;
  const entries = jsonbOrder(Object.keys(object)).map(
    (key) => `${jsonString(key)}: ${jsonbText(object[key]!)}`,
  );
  return `{${entries.join(', ')}}`;
}

/** As a numeric: all digits, and no exponent. */
function numberText(value: number): string {
  const text = String(value);
  const written = /^(-?)(\d+)(?:\.(\d+))?e(.+)$/.exec(text);
  if (!written) return text;
  const [, sign, whole, fraction = '', exponent] = written as unknown as [
    string,
    string,
    string,
    string?,
    string?,
  ];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  return point > 0 ? `${sign}${digits.padEnd(point, '0')}` : `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** JSON.stringify escapes no more than Postgres does, but for DEL and lone surrogates, which jsonb has not. */
const jsonString = (text: string) => JSON.stringify(text);

/** `quote_literal`. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}

/** `async.interval_pretty` of milliseconds, which are not negative. */
export function intervalPretty(interval: Interval): string {
  const field = (unit: number, within: number) => Math.floor((interval % within) / unit);
  const [days, hours] = [field(86_400_000, Number.MAX_SAFE_INTEGER), field(3_600_000, 86_400_000)];
  const minutes = field(60_000, 3_600_000);
  const ms = interval % 60_000;
  // To this many digits, a half away from zero.
  const seconds = (digits: number) =>
    (Math.floor((ms * 10 ** digits) / 1000 + 0.5) / 10 ** digits).toFixed(digits);
  if (days > 0) return `${days}d ${hours}h ${minutes}m ${seconds(0)}s`;
  if (hours > 0) return `${hours}h ${minutes}m ${seconds(0)}s`;
  if (minutes > 0) return `${minutes}m ${seconds(0)}s`;
  if (ms > 0 && ms < 10) return `${seconds(3)}s`;
  return `${seconds(ms >= 10 && ms < 100 ? 2 : 1)}s`;
}
