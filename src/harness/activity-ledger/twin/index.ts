/** Entry point `pgtwin/activity-ledger`: what the number says that somebody found in a store. Loads no package. */
import { explainCountdown } from './countdown.ts';
import type { Explanation, LedgerRelease } from './explanation.ts';
import { explainIncrement } from './increment.ts';
import { LedgerValueError, ledgerValue } from './value.ts';

export type { Explanation, LedgerRelease, NextMessage } from './explanation.ts';
export { LedgerValueError } from './value.ts';

export interface ExplainOptions {
  /** `countdown` is that of the releases up to 0.3, and the default; `increment` is the present one. */
  readonly release?: LedgerRelease;
}

/**
 * What an activity's ledger says, what each next message would do, and whether the activity is stuck.
 * @throws LedgerValueError for what is no ledger's number, or was rounded already, and for an unknown release
 */
export function explain(
  value: bigint | string | number,
  { release = 'countdown' }: ExplainOptions = {},
): Explanation {
  const exact = ledgerValue(value);
  if (release === 'countdown') return explainCountdown(exact);
  if (release === 'increment') return explainIncrement(exact);
  throw new LedgerValueError(`unknown release ${JSON.stringify(release)}: expected countdown or increment`);
}
