/** `stream_events`: the next event of each partition that a view may read, and a lock on each of these. */
import { plusSeconds } from '../kernel/instant.ts';
import { negativeLimit, notNullViolation } from '../kernel/sql-error.ts';
import { firstInstantFrom } from '../kernel/timestamp.ts';
import type { StreamEvents } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import type { Fact } from './facts.ts';
import { done, eventRow, refuse } from './outcome.ts';
import { type EventStoreState, type Lock, lockWith, type StoredEvent, type Subscription } from './state.ts';

/** What a view may read: a lock that is free, and the event that it would give. */
interface Readable {
  readonly lock: Lock;
  /** None where the events were truncated. */
  readonly next: StoredEvent | undefined;
}

export function streamEvents(state: EventStoreState, command: StreamEvents, setting: Setting): Decision {
  const limit = command.v_limit === undefined ? 1 : (command.v_limit ?? Infinity);
  if (limit < 0) return refuse(command.type, negativeLimit);
  const { v_view_name } = command;
  const subscription = v_view_name === null ? undefined : state.subscriptions.get(v_view_name);
  if (!subscription) return done([], [], ['stream_events/no-such-view']);

  const found = readable(state, subscription, limit, setting);
  if (found.length === 0) return done([], [], [nothingBecause(subscription, limit, setting)]);
  const seconds = secondsOf(command, subscription, setting);
  if (seconds === null) return refuse(command.type, notNullViolation('locked_until'));

  const { now } = setting;
  const locked_until = plusSeconds(now, seconds);
  const facts: Fact[] = [];
  const events: StoredEvent[] = [];
  const reached = new Set<string>();
  for (const { lock, next } of found) {
    facts.push({ type: 'lock_set', row: lockWith(lock, lock.last_offset, locked_until, now) });
    if (next) events.push(next);
    reached.add(nameOf(lock, next));
  }
  if (found.length > 1) reached.add('stream_events/several-partitions');
  events.sort((a, b) => a.offset - b.offset);
  return done(events.map(eventRow), facts, [...reached]);
}

/**
 * Surprises: a lock that ends in this very instant is still held; and partitions come in the order of their newest
 * events, whichever event would be read, so that one which goes on growing waits for all others.
 */
function readable(
  state: EventStoreState,
  { locks, view }: Subscription,
  limit: number,
  { now, asDocumented }: Setting,
): Readable[] {
  const latest = asDocumented.has('an-event-cannot-be-read-in-the-instant-it-is-free') ? now : now - 1;
  const eventsOf = ({ decider_id }: Lock) => state.partitions.get(decider_id)!.events;
  const withNext = (lock: Lock): Readable => ({
    lock,
    next: eventsOf(lock).after(lock.last_offset),
  });
  const isFair = asDocumented.has('a-busy-partition-waits-for-all-others');
  const startsLate = asDocumented.has('start-at-does-not-hold-for-later-partitions');
  if (!isFair && !startsLate) return locks.first(limit, latest).map(withNext);
  const startsAt = firstInstantFrom(view.start_at);
  const all = locks.first(Infinity, latest).map((lock) => {
    if (!startsLate) return withNext(lock);
    const events = eventsOf(lock).values();
    const isMeant = ({ offset, created_at }: StoredEvent) =>
      offset > lock.last_offset && created_at >= startsAt;
    return { lock, next: events.find(isMeant) };
  });
  const wanted = startsLate ? all.filter(({ next }) => next) : all;
  const place = ({ lock, next }: Readable) => (isFair ? (next?.offset ?? 0) : lock.offset);
  return wanted.sort((a, b) => place(a) - place(b)).slice(0, limit);
}

/** Surprise: the timeout that the view was registered with is not asked for. */
function secondsOf(
  { v_seconds }: StreamEvents,
  { view }: Subscription,
  { asDocumented }: Setting,
): number | null {
  if (v_seconds !== undefined) return v_seconds;
  return asDocumented.has('the-lock-timeout-of-a-view-is-never-used') ? view.lock_timeout_s : 300;
}

function nothingBecause({ locks }: Subscription, limit: number, { now }: Setting): string {
  if (limit === 0) return 'stream_events/nothing-asked';
  if (locks.least === Infinity) return 'stream_events/nothing-left';
  return locks.least === now ? 'stream_events/free-in-this-instant' : 'stream_events/locked';
}

function nameOf({ last_offset, offset }: Lock, next: StoredEvent | undefined): string {
  if (!next) return 'stream_events/truncated';
  if (next.offset < offset) return 'stream_events/behind';
  return last_offset === 0 ? 'stream_events/from-the-start' : 'stream_events/newest';
}
