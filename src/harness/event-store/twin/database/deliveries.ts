/** How often each event was given to a view that has not acknowledged it. */
import type { EventStoreCommand } from '../../../../model/event-store/commands.ts';
import type { Row } from '../../../../model/kernel/transition.ts';

/** Of what came back of a transaction, what is the i-th statement's. */
export const rowsOfStatement = (rows: readonly Row[], i: number): Row[] =>
  rows.filter(({ statement }) => statement === i).map(({ row }) => row as Row);

type Counts = Map<number, number>;

export class Deliveries {
  /** By view, by partition, by offset. */
  readonly #counts = new Map<string, Map<string, Counts>>();
  #total = 0;

  /** Of all views together, acknowledged or not. */
  get total(): number {
    return this.#total;
  }

  /** Of an event, which is in one partition. */
  count(view: string, { decider_id, offset }: Row): number {
    return (
      this.#counts
        .get(view)
        ?.get(decider_id as string)
        ?.get(offset as number) ?? 0
    );
  }

  /** What a command that was carried out changes. */
  note(command: EventStoreCommand, rows: readonly Row[]): void {
    switch (command.type) {
      case 'stream_events':
        for (const row of rows) this.#add(command.v_view_name!, row);
        return;
      case 'ack_event':
        // Told by the row that it changed: there may be no such lock, and the offset may be anything.
        for (const row of rows) this.#acknowledge(row);
        return;
      case 'delete_view':
        if (command.view !== null) this.#counts.delete(command.view);
        return;
      case 'transaction':
        for (const [i, each] of command.commands.entries()) this.note(each, rowsOfStatement(rows, i));
    }
  }

  #add(view: string, { decider_id, offset }: Row): void {
    const partitions = this.#counts.get(view) ?? new Map<string, Counts>();
    const counts: Counts = partitions.get(decider_id as string) ?? new Map();
    this.#counts.set(view, partitions.set(decider_id as string, counts));
    counts.set(offset as number, (counts.get(offset as number) ?? 0) + 1);
    this.#total++;
  }

  /** The event at that offset, and every one before it in its partition. */
  #acknowledge({ view, decider_id, last_offset }: Row): void {
    const partitions = this.#counts.get(view as string);
    const counts = partitions?.get(decider_id as string);
    if (counts === undefined) return;
    for (const offset of counts.keys()) if (offset <= (last_offset as number)) counts.delete(offset);
    if (counts.size === 0) partitions!.delete(decider_id as string);
  }
}
