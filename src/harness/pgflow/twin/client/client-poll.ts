/** `pgmq.read_with_poll` in virtual time: it looks every interval until there is something to read or its time is over. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { tableName } from '../../../../model/pgmq/queue-table.ts';
import { turnOfNode } from '../../../twin/turns.ts';
import { unreachable } from '../backend/database.ts';
import type { Engine } from '../engine/engine.ts';
import { inTurn } from './client-turn.ts';

/** As the SQL takes them: null where it does. */
export interface PollOptions {
  readonly queue_name: string | null;
  /** Seconds for which what is read stays invisible. */
  readonly vt: number | null;
  readonly qty: number | null;
  readonly maxPollSeconds: number;
  readonly pollIntervalMs: number;
}

/** The messages, none where the time is over. @throws DatabaseError where it is refused, or the database is out of reach. */
export async function poll(engine: Engine, options: PollOptions): Promise<readonly Row[]> {
  const { queue_name, vt, qty, maxPollSeconds, pollIntervalMs } = options;
  const since = engine.now;
  const until = since + 1000 * maxPollSeconds;
  const onGrid = (instant: Instant) => since + Math.ceil((instant - since) / pollIntervalMs) * pollIntervalMs;
  const name = tableName(queue_name);
  // Surprise: what no queue can be called is refused even by a poll of no seconds, which never looks.
  const isNoName = typeof name !== 'string' && name !== null;
  const isRefused = isNoName || name === null || !engine.queue.isCalled(name) || (qty ?? 0) < 0;

  // Looks that would find nothing are left out, which is all the same to whoever asked.
  const nextLook = () => {
    if (!engine.isReachable || isRefused) return engine.now;
    const messages = qty === 0 ? undefined : engine.queue.queueIn(engine.state)?.messages;
    const look = onGrid(Math.max(messages?.least ?? Number.POSITIVE_INFINITY, engine.now));
    return look < until ? look : onGrid(until);
  };
  const look = async (): Promise<readonly Row[]> => {
    if (!engine.isReachable) throw unreachable();
    const isOver = engine.now >= until && !isNoName;
    const messages = isOver ? [] : await engine.rows({ type: 'pgmq.read', queue_name, vt, qty });
    // Else a loop that polls for what never comes would keep the process from everything else, an interrupt included.
    if (messages.length === 0) await turnOfNode();
    return messages;
  };
  return inTurn(engine, look, nextLook);
}
