/** A ledger's number as somebody has found it: never rounded. */

/** What is given is no ledger's number. */
export class LedgerValueError extends Error {
  override readonly name = 'LedgerValueError';
}

/**
 * The number, exactly.
 * @throws LedgerValueError for what is no whole number, is beyond any ledger, or was rounded already
 */
export function ledgerValue(given: bigint | string | number): number {
  const value = wholeNumber(given);
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER))
    throw new LedgerValueError(`${value} is no ledger's number: none goes beyond ${Number.MAX_SAFE_INTEGER}`);
  return Number(value);
}

function wholeNumber(given: bigint | string | number): bigint {
  if (typeof given === 'bigint') return given;
  if (typeof given === 'number') {
    if (Number.isSafeInteger(given)) return BigInt(given);
    throw new LedgerValueError(
      Number.isInteger(given)
        ? `${given} may have been rounded: give a bigint, such as 889000001000001n, or a text`
        : `expected a whole number, not ${given}`,
    );
  }
  if (typeof given !== 'string')
    throw new LedgerValueError(`expected a bigint, a text or a number, not ${typeof given}`);
  const text = given.trim();
  if (!/^-?\d{1,40}$/.test(text))
    throw new LedgerValueError(
      `expected a whole number such as 889000001000001, not ${JSON.stringify(given.slice(0, 60))}`,
    );
  return BigInt(text);
}
