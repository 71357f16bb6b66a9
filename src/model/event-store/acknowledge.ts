/** `ack_event`, `nack_event` and `schedule_nack_event`: a lock is given back, now or later. */
import type { Instant } from '../kernel/instant.ts';
import { notNullViolation, type SqlError } from '../kernel/sql-error.ts';
import type { Row } from '../kernel/transition.ts';
import type { AckEvent, NackEvent, ScheduleNackEvent } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import { done, refuse } from './outcome.ts';
import { type EventStoreState, type Lock, lockIn } from './state.ts';

/** 24 November 4714 BC: no timestamp is earlier. */
const earliest: Instant = -210_866_803_200_000;
const timestampOutOfRange: SqlError = { sqlstate: '22008' };

/** Surprise: whoever held the lock, and whichever offset is named: that is how far the view has come. */
export function ackEvent(state: EventStoreState, command: AckEvent, setting: Setting): Decision {
  const lock = lockOf(state, command);
  if (!lock) return done([], [], ['no-such-lock']);
  const { v_offset } = command;
  if (v_offset === null) return refuse(notNullViolation('last_offset'));
  const next = state.partitions.get(lock.decider_id)?.events.after(lock.last_offset);
  const isNext = v_offset === next?.offset;
  if (!isNext && setting.asDocumented.has('any-offset-can-be-acknowledged'))
    return done([], [], ['another-offset']);
  const reached = isNext ? 'next' : v_offset > lock.offset ? 'future' : 'another-offset';
  return changed({ ...lock, last_offset: v_offset, locked_until: setting.now }, setting, reached);
}

/** Surprise: a lock that nobody holds can be given back as well, and is then held until this instant. */
export function nackEvent(state: EventStoreState, command: NackEvent, setting: Setting): Decision {
  const lock = lockOf(state, command);
  if (!lock) return done([], [], ['no-such-lock']);
  const reached = lock.locked_until > setting.now ? 'held' : 'not-held';
  return changed({ ...lock, locked_until: setting.now }, setting, reached);
}

export function scheduleNackEvent(
  state: EventStoreState,
  command: ScheduleNackEvent,
  setting: Setting,
): Decision {
  const lock = lockOf(state, command);
  if (!lock) return done([], [], ['no-such-lock']);
  const { v_milliseconds } = command;
  if (v_milliseconds === null) return refuse(notNullViolation('locked_until'));
  const locked_until = setting.now + v_milliseconds;
  if (locked_until < earliest) return refuse(timestampOutOfRange);
  return changed({ ...lock, locked_until }, setting, v_milliseconds < 0 ? 'past' : 'scheduled');
}

function lockOf(
  state: EventStoreState,
  { v_view, v_decider_id }: Pick<NackEvent, 'v_view' | 'v_decider_id'>,
): Lock | undefined {
  if (v_view === null || v_decider_id === null) return undefined;
  const subscription = state.subscriptions.get(v_view);
  return subscription && lockIn(subscription, state.partitions.get(v_decider_id));
}

function changed(lock: Lock, { now }: Setting, reached: string): Decision {
  const row = { ...lock, updated_at: now };
  return done([row as unknown as Row], [{ type: 'lock_set', row }], [reached]);
}
