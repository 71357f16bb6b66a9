/** The queue of pgmq by which tasks come to whoever carries them out. */
import type { Instant } from '../../kernel/instant.ts';
import { create } from '../../pgmq/create.ts';
import { draftOf, emptyPgmq, type PgmqState, stateOf } from '../../pgmq/state.ts';

export const taskQueue = 'tasks';

/** 2000-01-01, where the clock of a database stands until a trace sets it. */
const installedAt: Instant = 946_684_800_000;

function made(): PgmqState {
  const draft = draftOf(emptyPgmq, installedAt);
  create(draft, taskQueue);
  return stateOf(draft);
}

/** The queue is made when the SQL is installed. */
export const withTaskQueue: PgmqState = made();
