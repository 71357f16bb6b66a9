/** `pgmq.read_with_poll` in virtual time: it looks every interval until there is something to read or its time is over. */
import type { Row } from '../../model/kernel/transition.ts';
import { ClientTurn } from './client-turn.ts';
import { unreachable } from './database.ts';
import type { Engine } from './engine.ts';

export interface PollOptions {
  /** Seconds for which what is read stays invisible. */
  readonly visibilityTimeout: number;
  readonly batchSize: number;
  readonly maxPollSeconds: number;
  readonly pollIntervalMs: number;
}

// The real one: a test may put a fake in its place after this was loaded.
const { setImmediate: nextTurn } = globalThis;

/** The messages, none where the time is over. @throws DatabaseError where the database is out of reach meanwhile. */
export async function poll(engine: Engine, options: PollOptions): Promise<readonly Row[]> {
  const { visibilityTimeout: vt, batchSize: qty, maxPollSeconds, pollIntervalMs } = options;
  const queue_name = engine.flow.slug;
  let since: number | undefined;
  const look = (): readonly Row[] | undefined | Promise<readonly Row[] | undefined> => {
    if (!engine.isReachable) throw unreachable();
    since ??= engine.now;
    if (engine.now - since >= 1000 * maxPollSeconds) return [];
    const visibleFrom = engine.queue.queueIn(engine.state)?.messages.least ?? Number.POSITIVE_INFINITY;
    if (visibleFrom > engine.now) {
      turn.again(pollIntervalMs);
      return undefined;
    }
    return engine.rows({ type: 'pgmq.read', queue_name, vt, qty });
  };
  const turn = new ClientTurn(engine, look);
  const messages = await turn.done();
  // Else a loop that polls for what never comes would keep the process from everything else, an interrupt included.
  if (messages.length === 0) await new Promise<void>((resolve) => nextTurn(resolve));
  return messages;
}
