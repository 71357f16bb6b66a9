/** `timestamp` without time zone, in a session whose zone is UTC. */
import { type Instant, timestampText } from '../kernel/instant.ts';

/** A text that the command's schema lets through. */
export function readTimestamp(text: string): Instant {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** As Postgres prints it. */
export function localTimestamp(instant: Instant): string {
  if (instant === Infinity) return 'infinity';
  if (instant === -Infinity) return '-infinity';
  return timestampText(instant).replace('T', ' ').replace('+00:00', '');
}
