/** Intervals as a configuration has them: what Postgres reads, as far as it is hours, minutes and the like. */
import { intervalText } from '../../../../model/dag-cascade/values.ts';

const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|msecs?|milliseconds?)$/i, 1],
  [/^(?:s|secs?|seconds?)$/i, 1000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
  [/^(?:d|days?)$/i, 86_400_000],
  [/^(?:w|weeks?)$/i, 7 * 86_400_000],
];
const clock = /^(\d{1,6}):([0-5]\d)(?::([0-5]\d(?:\.\d{1,3})?))?$/;
const part = /^(\d+(?:\.\d+)?) ?([a-z]+)(?: +|$)/i;
/** A hundred years. */
const most = 100 * 365 * 86_400_000;

export const intervalExpected = "an interval such as '5 minutes', '1h 30m' or '00:05:00', up to 100 years";

/** Milliseconds; nothing where it is none. */
function readInterval(text: string): number | undefined {
  const time = clock.exec(text);
  if (time) {
    const [, hours, minutes, seconds = '0'] = time;
    return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Math.round(Number(seconds) * 1000);
  }
  let [rest, ms] = [text, 0];
  while (rest !== '') {
    const found = part.exec(rest);
    if (!found) return undefined;
    const unit = units.find(([names]) => names.test(found[2]!))?.[1];
    if (unit === undefined) return undefined;
    ms += Number(found[1]) * unit;
    rest = rest.slice(found[0].length);
  }
  return text === '' ? undefined : Math.round(ms);
}

/** As Postgres prints it; nothing where it is none. A day is 24 hours. */
export function asInterval(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const ms = readInterval(value.trim());
  return ms === undefined || ms > most ? undefined : intervalText(ms);
}
