/** Texts that are stored in an index. */

/**
 * A row of a btree index has room for 2,704 bytes: two texts of so many bytes always fit. Whether longer ones do depends on
 * how well Postgres compresses them, which is not modelled.
 */
export const mostIndexedBytes = 1300;

/** Whether it fits, encoded in UTF-8, into an index beside another. */
export function fitsIntoIndex(text: string): boolean {
  // No unit of UTF-16 needs more than three bytes.
  return text.length * 3 <= mostIndexedBytes || new TextEncoder().encode(text).length <= mostIndexedBytes;
}

/** What is said of one that does not, be it to be stored or to be looked up. */
export const beyondIndex = `at most ${mostIndexedBytes} bytes in UTF-8: whether an index of Postgres stores a longer text depends on how well it compresses it, which is not modelled`;
