/**
 * `transaction_id` counts everything that ever happened to a server, so what can be compared is which events came
 * together, and in which order: each id is replaced by its rank among those that are there, on both sides alike.
 */
import type { Row } from '../../model/kernel/transition.ts';

export function ranked(events: readonly Row[]): Row[] {
  const ids = [...new Set(events.map(({ transaction_id }) => BigInt(transaction_id as string | number)))];
  const ranks = new Map(ids.sort((a, b) => (a < b ? -1 : 1)).map((id, rank) => [id, rank + 1]));
  return events.map((event) => ({
    ...event,
    transaction_id: ranks.get(BigInt(event.transaction_id as string | number))!,
  }));
}

/** A row that is returned comes without the others that it could be ranked among. */
export function withoutTransaction({ transaction_id: _, ...row }: Row): Row {
  return row;
}
