/** `pgflow.calculate_retry_delay`: exponential backoff. The same in every release so far. */
import { outOfRange, type SqlError } from '../../kernel/sql-error.ts';

/**
 * Seconds to wait before the next attempt. Refused where a double of Postgres leaves its range (a power
 * that overflows, or that is too small to be told from zero) or the result is no integer of 32 bits.
 */
export function calculateRetryDelay(
  base_delay: number | null,
  attempts_count: number | null,
): number | null | SqlError {
  if (attempts_count === null) return null;
  const factor = 2 ** attempts_count;
  if (!Number.isFinite(factor) || factor === 0) return outOfRange;
  if (base_delay === null) return null;
  const delay = base_delay * factor;
  if (!Number.isFinite(delay) || (delay === 0 && base_delay !== 0)) return outOfRange;
  const seconds = Math.floor(delay);
  if (seconds < -(2 ** 31) || seconds >= 2 ** 31) return outOfRange;
  // `-0` is an integer like any other here.
  return seconds === 0 ? 0 : seconds;
}
