/**
 * `timestamp` without time zone, as text: it has microseconds, which no instant of ours has, and a session whose zone is
 * UTC. Kept as Postgres prints it.
 */
import { type Instant, timestampText } from '../kernel/instant.ts';

/** Surprise: a zone may be written, and is ignored. */
const written =
  /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?$/;

const isInfinite = (text: string) => text === 'infinity' || text === '-infinity';

/** Whether it is a text that the model reads: Postgres takes more, such as the names of months, and rounds more digits. */
export function isTimestamp(text: string): boolean {
  if (isInfinite(text)) return true;
  const [, day, time] = written.exec(text) ?? [];
  if (day === undefined || time === undefined) return false;
  const date = new Date(`${day}T${time}Z`);
  // JavaScript takes 30 February for 2 March and 24:00 for the next day, and Postgres knows no year 0.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && !day.startsWith('0000');
}

/** A text that {@link isTimestamp} takes, as Postgres prints it. */
export function printedTimestamp(text: string): string {
  if (isInfinite(text)) return text;
  const [, day, time, fraction = ''] = written.exec(text)!;
  const digits = fraction.replace(/0+$/, '');
  return `${day} ${time}${digits === '' ? '' : `.${digits}`}`;
}

/** The first instant that is not before it. */
export function firstInstantFrom(text: string): Instant {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  const [, day, time, fraction = ''] = written.exec(text)!;
  return Date.parse(`${day}T${time}Z`) + Math.ceil(Number(fraction.padEnd(6, '0')) / 1000);
}

/** As Postgres prints it. */
export function localTimestamp(instant: Instant): string {
  if (instant === Infinity) return 'infinity';
  if (instant === -Infinity) return '-infinity';
  return timestampText(instant).replace('T', ' ').replace('+00:00', '');
}
