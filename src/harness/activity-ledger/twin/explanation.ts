/** What a ledger's number says, in words. */

export type LedgerRelease = 'countdown' | 'increment';

/** What a message would do that comes next. */
export interface NextMessage {
  /** Which message. */
  readonly message: string;
  /** What the number would be then. */
  readonly becomes: bigint;
  /** What would come of it. */
  readonly outcome: string;
}

export interface Explanation {
  readonly release: LedgerRelease;
  readonly value: bigint;
  /** The number as it is read: fifteen digits, where it has no more. */
  readonly digits: string;
  /** Sentences. */
  readonly says: readonly string[];
  readonly next: readonly NextMessage[];
  /** `unless`: it goes on where somebody works on it now, and never where nobody does. */
  readonly isStuck: 'no' | 'unless' | 'yes';
  /** All of it, for a person. */
  readonly text: string;
}

const stuck = {
  no: 'It is not stuck.',
  unless: 'It is stuck unless somebody works on it right now.',
  yes: 'It is stuck: no message brings it on.',
} as const;

export function explanationOf(
  parts: Pick<Explanation, 'release' | 'digits' | 'says' | 'next' | 'isStuck'> & { readonly value: number },
): Explanation {
  const { digits, says, next, isStuck, release } = parts;
  const lines = [
    `${digits} (${release})`,
    ...says.map((each) => `  ${each}`),
    `  ${stuck[isStuck]}`,
    ...next.map(
      ({ message, becomes, outcome }) => `  ${message} makes it ${written(becomes, digits)}: ${outcome}`,
    ),
  ];
  return { release, value: BigInt(parts.value), digits, says, next, isStuck, text: lines.join('\n') };
}

/** With as many zeros in front as the number before. */
const written = (value: bigint, before: string): string =>
  before.startsWith('0') ? String(value).padStart(before.length, '0') : String(value);

/** `3 times`, `once`. */
export const times = (count: number): string =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
