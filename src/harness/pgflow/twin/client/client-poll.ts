/** `pgmq.read_with_poll` in virtual time: it looks every interval until there is something to read or its time is over. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { unreachable } from '../backend/database.ts';
import type { Engine } from '../engine/engine.ts';
import { inTurn } from './client-turn.ts';

export interface PollOptions {
  /** Seconds for which what is read stays invisible. */
  readonly visibilityTimeout: number;
  readonly batchSize: number;
  readonly maxPollSeconds: number;
  readonly pollIntervalMs: number;
}

// The real one: a test may put a fake in its place after this was loaded.
const { setImmediate: nextTurnOfNode } = globalThis;

/** The messages, none where the time is over. @throws DatabaseError where the database is out of reach meanwhile. */
export async function poll(engine: Engine, options: PollOptions): Promise<readonly Row[]> {
  const { visibilityTimeout: vt, batchSize: qty, maxPollSeconds, pollIntervalMs } = options;
  const queue_name = engine.flow.slug;
  const since = engine.now;
  const until = since + 1000 * maxPollSeconds;
  const onGrid = (instant: Instant) => since + Math.ceil((instant - since) / pollIntervalMs) * pollIntervalMs;

  // Looks that would find nothing are left out, which is all the same to whoever asked.
  const nextLook = () => {
    if (!engine.isReachable) return engine.now;
    const visibleFrom = engine.queue.queueIn(engine.state)?.messages.least ?? Number.POSITIVE_INFINITY;
    const look = onGrid(Math.max(visibleFrom, engine.now));
    return look < until ? look : onGrid(until);
  };
  const look = (): readonly Row[] | Promise<readonly Row[]> => {
    if (!engine.isReachable) throw unreachable();
    return engine.now >= until ? [] : engine.rows({ type: 'pgmq.read', queue_name, vt, qty });
  };
  const messages = await inTurn(engine, look, nextLook);
  // Else a loop that polls for what never comes would keep the process from everything else, an interrupt included.
  if (messages.length === 0) await new Promise<void>((resolve) => nextTurnOfNode(resolve));
  return messages;
}
