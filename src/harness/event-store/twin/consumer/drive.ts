/** Virtual time with everything that consumers do in it; and what keeps it from ever coming to an end. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import type { Database } from '../database/database.ts';
import type { SimulatedConsumer } from './simulated-consumer.ts';

export interface DrainOptions {
  /** How often the same event may fail before `drain` gives up. Default: 100. */
  readonly attempts?: number;
}

/** Whoever's turn comes first, the consumer that was there first where it is the same instant. */
export function firstOf(consumers: readonly SimulatedConsumer[]): {
  readonly consumer: SimulatedConsumer | undefined;
  readonly at: Instant;
} {
  let first: SimulatedConsumer | undefined;
  let at = Infinity;
  for (const consumer of consumers) {
    const { next } = consumer;
    if (next < at) [first, at] = [consumer, next];
  }
  return { consumer: first, at };
}

/** @throws SimulationError where there are so many deliveries that they make more of themselves. */
export async function drive(
  database: Database,
  until: () => boolean,
  limitOf?: () => Instant,
): Promise<boolean> {
  const most = mostDeliveries(database, limitOf !== undefined);
  const before = database.deliveries.total;
  let isEndless = false;
  const holds = await database.clock.drive(() => {
    isEndless = database.deliveries.total - before > most();
    return isEndless || until();
  }, limitOf);
  if (!isEndless) return holds;
  const count = (database.deliveries.total - before).toLocaleString('en-US');
  throw new SimulationError(
    `stopped after ${count} deliveries: a handler appends events that it then receives itself, or no event is ever acknowledged`,
  );
}

/**
 * A hundred thousand, ten of each event to each view, and, where time is limited, ten a second, are more than any test
 * needs. What handlers append of what they were given does not count, as that may go on for ever.
 */
function mostDeliveries(database: Database, isLimited: boolean): () => number {
  const { now, followUps } = database;
  return () => {
    const { events, subscriptions } = database.state;
    const fromOutside = events.size - (database.followUps - followUps);
    const seconds = isLimited ? (database.now - now) / 1000 : 0;
    return 100_000 + 10 * fromOutside * subscriptions.size + 10 * seconds;
  };
}

/** How many partitions have events that a view has not acknowledged, over these views. */
function unread({ state }: Database, views: readonly string[]): number {
  let count = 0;
  for (const view of views) {
    for (const { last_offset, offset } of state.subscriptions.get(view)?.locks.values() ?? []) {
      if (last_offset < offset) count++;
    }
  }
  return count;
}

/** Until every view that has a consumer has acknowledged everything; gives why it never will, if so. */
export async function drain(
  database: Database,
  consumers: readonly SimulatedConsumer[],
  attempts: number,
): Promise<Hopeless | undefined> {
  const views = [...new Set(consumers.map(({ view }) => view))];
  const failures = new Failures(attempts);
  for (const consumer of consumers) consumer.onFailure = (...failure) => failures.add(...failure);
  const isUnread = (view: string) => {
    const locks = database.state.subscriptions.get(view)?.locks;
    return locks !== undefined && locks.least !== Infinity;
  };
  const isDrained = () => !views.some(isUnread) && !consumers.some(({ isBusy }) => isBusy);
  try {
    const ended = await drive(database, () => failures.hopeless !== undefined || isDrained());
    if (ended) return failures.hopeless;
  } finally {
    for (const consumer of consumers) consumer.onFailure = undefined;
  }
  const stuck = views.filter(isUnread).map((view) => {
    const ofView = consumers.filter((consumer) => consumer.view === view);
    const states = ofView.map(({ number, status }) => `consumer ${number} ${words[status]}`);
    const partitions = unread(database, [view]);
    return `view "${view}" has unread events in ${partitions} partition${partitions === 1 ? '' : 's'}, but no consumer reads them: ${states.join(', ')}`;
  });
  return { reason: stuck.join('\n'), thrown: undefined };
}

/** Why there is no end in sight, and what a handler threw last. */
export interface Hopeless {
  readonly reason: string;
  readonly thrown: unknown;
}

const words = {
  running: 'is running',
  stopping: 'is stopping',
  stopped: 'was stopped',
  crashed: 'has crashed, and will not restart',
} as const;

/** How often each event came to nothing. */
class Failures {
  readonly #most: number;
  readonly #counts = new Map<string, number>();
  /** Why there is no end in sight. */
  hopeless: Hopeless | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  add(
    { view }: SimulatedConsumer,
    { event, decider_id, offset }: Row,
    cause: string,
    thrown?: unknown,
  ): void {
    const key = `${offset} ${view}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count < this.#most) return;
    const reason = `view "${view}" cannot process ${event} of ${decider_id} (offset ${offset}): it failed ${count} times, the last time because ${cause}`;
    this.hopeless ??= { reason, thrown };
  }
}
