/** `ack_event`, `nack_event` and `schedule_nack_event`: a lock is given back, now or later. */
import type { Instant } from '../kernel/instant.ts';
import { notNullViolation, type SqlError } from '../kernel/sql-error.ts';
import type { Row } from '../kernel/transition.ts';
import type { AckEvent, NackEvent, ScheduleNackEvent } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import { done, refuse } from './outcome.ts';
import { type EventStoreState, type Lock, lockIn, lockWith, type Partition, partitionOf } from './state.ts';

/** 24 November 4714 BC: no timestamp is earlier. */
const earliest: Instant = -210_866_803_200_000;
const timestampOutOfRange: SqlError = { sqlstate: '22008' };

/** Surprise: whoever held the lock, and whichever offset is named: that is how far the view has come. */
export function ackEvent(state: EventStoreState, command: AckEvent, setting: Setting): Decision {
  const partition = partitionOf(state, command.v_decider_id);
  const lock = lockOf(state, command.v_view, partition);
  if (!lock) return done([], [], ['ack_event/no-such-lock']);
  const { v_offset } = command;
  if (v_offset === null) return refuse('ack_event', notNullViolation('last_offset'));
  const isNext = v_offset === partition?.events.after(lock.last_offset)?.offset;
  if (!isNext && setting.asDocumented.has('any-offset-can-be-acknowledged'))
    return done([], [], ['ack_event/another-offset']);
  const reached = isNext
    ? 'ack_event/next'
    : v_offset > lock.offset
      ? 'ack_event/future'
      : 'ack_event/another-offset';
  return changed(lock, v_offset, setting.now, setting, reached);
}

/** Surprise: a lock that nobody holds can be given back as well, and is then held until this instant. */
export function nackEvent(state: EventStoreState, command: NackEvent, setting: Setting): Decision {
  const lock = lockOf(state, command.v_view, partitionOf(state, command.v_decider_id));
  if (!lock) return done([], [], ['nack_event/no-such-lock']);
  const reached = lock.locked_until > setting.now ? 'nack_event/held' : 'nack_event/not-held';
  return changed(lock, lock.last_offset, setting.now, setting, reached);
}

export function scheduleNackEvent(
  state: EventStoreState,
  command: ScheduleNackEvent,
  setting: Setting,
): Decision {
  const lock = lockOf(state, command.v_view, partitionOf(state, command.v_decider_id));
  if (!lock) return done([], [], ['schedule_nack_event/no-such-lock']);
  const { v_milliseconds } = command;
  if (v_milliseconds === null) return refuse(command.type, notNullViolation('locked_until'));
  const locked_until = setting.now + v_milliseconds;
  if (locked_until < earliest) return refuse(command.type, timestampOutOfRange);
  const reached = v_milliseconds < 0 ? 'schedule_nack_event/past' : 'schedule_nack_event/scheduled';
  return changed(lock, lock.last_offset, locked_until, setting, reached);
}

function lockOf(
  state: EventStoreState,
  view: string | null,
  partition: Partition | undefined,
): Lock | undefined {
  const subscription = view === null ? undefined : state.subscriptions.get(view);
  return subscription && lockIn(subscription, partition);
}

function changed(
  lock: Lock,
  last_offset: number,
  locked_until: Instant,
  { now }: Setting,
  reached: string,
): Decision {
  const row = lockWith(lock, last_offset, locked_until, now);
  return done([row as unknown as Row], [{ type: 'lock_set', row }], [reached]);
}
