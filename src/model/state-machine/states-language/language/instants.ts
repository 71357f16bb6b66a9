/** Timestamps in texts, as of RFC 3339, and how the context writes an instant. */
import type { Instant } from '../../../kernel/instant.ts';

/** Surprise: Postgres knows no year 0. */
const written =
  /^(?!0000)([0-9]{4}-[0-9]{2}-[0-9]{2})T((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.([0-9]+))?(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$/;

/** In whole milliseconds, what is beyond them cut off; undefined where the text is no timestamp. */
export function instantOf(text: string): Instant | undefined {
  const match = written.exec(text);
  if (!match) return undefined;
  const [, day = '', time, fraction = '', sign, hours, minutes] = match;
  const local = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  // JavaScript takes 30 February for 2 March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(day)) return undefined;
  if (sign === undefined) return local;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '+' ? local - offset : local + offset;
}

export const isoText = (instant: Instant): string => new Date(instant).toISOString();
