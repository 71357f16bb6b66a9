/** How often each event was given to a view that has not acknowledged it. */
import type { EventStoreCommand } from '../../../../model/event-store/commands.ts';
import type { Row } from '../../../../model/kernel/transition.ts';

/** Of what came back of a transaction, what is the i-th statement's. */
export const rowsOfStatement = (rows: readonly Row[], i: number): Row[] =>
  rows.filter(({ statement }) => statement === i).map(({ row }) => row as Row);

export class Deliveries {
  /** By view, then by offset. */
  readonly #counts = new Map<string, Map<number, number>>();
  #total = 0;

  /** Of all views together, acknowledged or not. */
  get total(): number {
    return this.#total;
  }

  count(view: string, offset: number): number {
    return this.#counts.get(view)?.get(offset) ?? 0;
  }

  /** What a command that was carried out changes. */
  note(command: EventStoreCommand, rows: readonly Row[]): void {
    switch (command.type) {
      case 'stream_events':
        for (const row of rows) this.#add(command.v_view_name!, row.offset as number);
        return;
      case 'ack_event':
        if (command.v_view !== null && command.v_offset !== null)
          this.#counts.get(command.v_view)?.delete(command.v_offset);
        return;
      case 'delete_view':
        if (command.view !== null) this.#counts.delete(command.view);
        return;
      case 'transaction':
        for (const [i, each] of command.commands.entries()) this.note(each, rowsOfStatement(rows, i));
    }
  }

  #add(view: string, offset: number): void {
    const counts = this.#counts.get(view) ?? new Map<number, number>();
    this.#counts.set(view, counts.set(offset, (counts.get(offset) ?? 0) + 1));
    this.#total++;
  }
}
