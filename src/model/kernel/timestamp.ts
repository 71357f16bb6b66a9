/**
 * `timestamp` without time zone, as text: it has microseconds, which no instant of ours has, and a session whose zone is
 * UTC. Kept as Postgres prints it.
 */
import { type Instant, timestampText } from './instant.ts';

/** A day, with or without a time of it. Surprise: a zone may be written, and is ignored. */
const written =
  /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/;

interface Written {
  readonly day: string;
  /** To the second. */
  readonly time: string;
  /** Six digits. */
  readonly microseconds: string;
}

function read(text: string): Written | undefined {
  const match = written.exec(text);
  if (!match) return undefined;
  const [, day = '', minutes = '00:00', seconds = '00', fraction = ''] = match;
  return { day, time: `${minutes}:${seconds}`, microseconds: fraction.padEnd(6, '0') };
}

const isInfinite = (text: string) => text === 'infinity' || text === '-infinity';

/** Whether it is a text that the model reads: Postgres takes more, such as the names of months, and rounds more digits. */
export function isTimestamp(text: string): boolean {
  if (isInfinite(text)) return true;
  const parts = read(text);
  if (!parts) return false;
  const date = new Date(`${parts.day}T${parts.time}Z`);
  // JavaScript takes 30 February for 2 March and 24:00 for the next day, and Postgres knows no year 0.
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(parts.day);
  return isDay && !parts.day.startsWith('0000');
}

/** A text that {@link isTimestamp} takes, as Postgres prints it. */
export function printedTimestamp(text: string): string {
  if (isInfinite(text)) return text;
  const { day, time, microseconds } = read(text)!;
  const digits = microseconds.replace(/0+$/, '');
  return `${day} ${time}${digits === '' ? '' : `.${digits}`}`;
}

/** The first instant that is not before it. */
export function firstInstantFrom(text: string): Instant {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  const { day, time, microseconds } = read(text)!;
  return Date.parse(`${day}T${time}Z`) + Math.ceil(Number(microseconds) / 1000);
}

/** As Postgres prints it. */
export function localTimestamp(instant: Instant): string {
  if (instant === Infinity) return 'infinity';
  if (instant === -Infinity) return '-infinity';
  return timestampText(instant).replace('T', ' ').replace('+00:00', '');
}
