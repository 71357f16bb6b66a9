/**
 * Time as an argument: whole milliseconds since the Unix epoch, on the virtual clock of a trace.
 * Nothing in the model reads a clock; every transition is told what time it is.
 */
export type Instant = number;

/** The instant `seconds` (whole, may be negative) after `instant`. */
export function plusSeconds(instant: Instant, seconds: number): Instant {
  return instant + seconds * 1000;
}

/** The instant from which Postgres counts: 2000-01-01. */
const postgresEpoch: Instant = 946_684_800_000;

/**
 * When `pg_sleep(seconds)` wakes up.
 *
 * Postgres keeps the end of the sleep as a double of seconds and asks the operating system for whole
 * milliseconds, rounded up. The rounding error of that double is why sleeping 0.1 s can take 101 ms.
 */
export function sleep(instant: Instant, seconds: number): Instant {
  const asSeconds = (ms: Instant) => ((ms - postgresEpoch) * 1000) / 1_000_000;
  const end = asSeconds(instant) + seconds;
  let now = instant;
  for (;;) {
    const left = end - asSeconds(now);
    if (!(left > 0)) return now;
    now += left >= 600 ? 600_000 : Math.ceil(left * 1000);
  }
}

/** Much happens at the same instant, and a text that is shared takes no room. */
let last: { readonly instant: Instant; readonly text: string } | undefined;

/** How Postgres writes a timestamptz into jsonb, in UTC: a fraction only where there is one, without trailing zeros. */
export function timestampText(instant: Instant): string {
  if (last?.instant !== instant) last = { instant, text: writtenOut(instant) };
  return last.text;
}

function writtenOut(instant: Instant): string {
  // Always with milliseconds and a Z; from the year 10000 on with a sign and six digits, as Postgres does not write it.
  const text = new Date(instant).toISOString().replace(/^\+0?/, '');
  const fraction = instant % 1000 === 0 ? '' : text.slice(-5, -1).replace(/0+$/, '');
  return `${text.slice(0, -5)}${fraction}+00:00`;
}
