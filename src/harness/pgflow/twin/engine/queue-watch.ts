/** When the queue will next have something to read, so that workers that wait for it cost nothing meanwhile. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import { tableName } from '../../../../model/pgmq/queue-table.ts';

/** After so many looks from which no task came, messages that no task waits behind are no longer looked for. */
const mostFruitlessLooks = 3;

export class QueueWatch {
  readonly #flow_slug: string;
  readonly #table: string;
  #fruitless = 0;
  #searched: PgflowState | undefined;
  #found: Instant = Number.POSITIVE_INFINITY;

  constructor(flow_slug: string) {
    this.#flow_slug = flow_slug;
    this.#table = tableName(flow_slug) as string;
  }

  /** Whether the queue's tables have this name, without their prefix. */
  isCalled(name: string): boolean {
    return name === this.#table;
  }

  queueIn(state: PgflowState) {
    return state.pgmq.queues.get(this.#table);
  }

  /** The first instant from which a message is visible that is worth a look; Infinity where there is none. */
  visibleFrom(state: PgflowState): Instant {
    const messages = this.queueIn(state)?.messages;
    if (messages === undefined) return Number.POSITIVE_INFINITY;
    // Surprise: the message of a task that nobody finishes comes back for ever, and is read again each time.
    if (this.#fruitless < mostFruitlessLooks) return messages.least;
    if (this.#searched !== state) {
      const queued = state.queuedTasks.get(this.#flow_slug);
      const instants = messages
        .first(
          Number.POSITIVE_INFINITY,
          Number.POSITIVE_INFINITY,
          ({ msg_id }) => queued?.get(msg_id) !== undefined,
        )
        .map(({ vt }) => vt);
      this.#found = instants.reduce((least, vt) => Math.min(least, vt), Number.POSITIVE_INFINITY);
      this.#searched = state;
    }
    return this.#found;
  }

  /** So many tasks came of a look. */
  looked(tasks: number): void {
    this.#fruitless = tasks === 0 ? this.#fruitless + 1 : 0;
  }
}
