/** Dimensional addresses: of each activity on the way to one, an index that counts how often it was cycled. */

/** What every way starts with. */
export const firstAddress = ',0';

/** The address of what follows an activity at this one: it has not been cycled yet. */
export const adjacentTo = (dad: string): string => `${dad}${firstAddress}`;

/** Without its last index; of a text that has no comma nothing is left. */
const parentOf = (dad: string): string => dad.slice(0, Math.max(0, dad.lastIndexOf(',')));

/** The last index in place of another: a ledger is kept where nothing was cycled yet. */
export const withLastIndex = (dad: string, index: number): string => `${parentOf(dad)},${index}`;

/** The address of each activity on a way, the last of which is at `dad`, and that of what follows. */
export function dimensionsById(ancestors: readonly string[], dad: string): Record<string, string> {
  const found: Record<string, string> = { $ADJACENT: adjacentTo(dad) };
  let address = dad;
  for (const aid of [...ancestors].reverse()) {
    found[aid] = address;
    address = parentOf(address);
  }
  return found;
}

/**
 * Where an ancestor is entered anew by a cycle further on: its own address, cut off from `dad`. Surprise: an address with
 * fewer indexes than the way has activities is filled up with empty ones.
 */
export function reentryDimension(ancestors: readonly string[], ancestor: string, dad: string): string {
  const place = ancestors.indexOf(ancestor) + 1;
  const parts = dad.split(',');
  const kept = Array.from({ length: place }, (_, i) => parts[i] ?? '');
  return [...kept, '0'].join(',');
}
