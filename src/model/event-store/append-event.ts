/** `append_event`, and a row put into `events` by hand; the triggers that guard both. */
import type { NullableJsonb } from '../kernel/jsonb.ts';
import {
  foreignKeyViolation,
  notNullViolation,
  raised,
  type SqlError,
  uniqueViolation,
} from '../kernel/sql-error.ts';
import type { AppendEvent, InsertEvent } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import type { Fact } from './facts.ts';
import { done, eventRow, refuse } from './outcome.ts';
import {
  type EventStoreState,
  keyOf,
  type Lock,
  lastOf,
  partitionOf,
  type StoredEvent,
  streamOf,
} from './state.ts';

/** The row as it is before anything was found wrong with it. */
interface Proposed {
  readonly event: string | null;
  readonly event_id: string | null;
  readonly event_version: number | null;
  readonly decider: string | null;
  readonly decider_id: string | null;
  readonly data: NullableJsonb;
  readonly command_id: string | null;
  readonly previous_id: string | null;
  readonly final: boolean | null;
}

export function appendEvent(state: EventStoreState, command: AppendEvent, setting: Setting): Decision {
  return append(state, setting, {
    event: command.v_event,
    event_id: command.v_event_id,
    event_version: command.v_event_version === undefined ? 1 : command.v_event_version,
    decider: command.v_decider,
    decider_id: command.v_decider_id,
    data: command.v_data,
    command_id: command.v_command_id,
    previous_id: command.v_previous_id,
    final: false,
  });
}

export function insertEvent(state: EventStoreState, command: InsertEvent, setting: Setting): Decision {
  const { type: _, event_version = 1, final = false, ...rest } = command;
  return append(state, setting, { data: undefined, ...rest, event_version, final });
}

const closed = raised(
  'last event for this decider stream is already final. the stream is closed, you can not append events to it.',
);
const notFirst = raised('previous_id can only be null for the first decider event');
const otherDecider = raised('previous_id must be in the same decider');

function append(state: EventStoreState, setting: Setting, proposed: Proposed): Decision {
  const refused = (refusal: SqlError, name?: string) => refuse(refusal, name, [{ type: 'offset_drawn' }]);
  const { event, event_id, event_version, decider, decider_id, data, command_id, previous_id, final } =
    proposed;

  const stream = streamOf(state, decider_id, decider);
  if (stream?.last.final || isClosedAsDocumented(state, setting, decider_id))
    return refused(closed, 'closed');
  if (previous_id === null && stream) return refused(notFirst, 'not-first');
  if (previous_id !== null) {
    const previous = state.events.get(previous_id);
    if (previous?.decider_id !== decider_id || previous.decider !== decider)
      return refused(otherDecider, 'other-decider');
  }

  if (event === null) return refused(notNullViolation('event'));
  if (event_id === null) return refused(notNullViolation('event_id'));
  if (event_version === null) return refused(notNullViolation('event_version'));
  if (decider === null) return refused(notNullViolation('decider'));
  if (decider_id === null) return refused(notNullViolation('decider_id'));
  if (data === undefined) return refused(notNullViolation('data'));
  if (command_id === null) return refused(notNullViolation('command_id'));
  if (final === null) return refused(notNullViolation('final'));

  if (state.events.has(event_id)) return refused(uniqueViolation('events_event_id_key'));
  // A stream is a chain, so that every event of it but the last has its one successor.
  if (stream && stream.last.event_id !== previous_id)
    return refused(uniqueViolation('events_previous_id_key'));
  if (!state.deciders.has(keyOf(decider, event, event_version)))
    return refused(foreignKeyViolation('events_decider_event_event_version_fkey'));

  const row: StoredEvent = {
    event,
    event_id,
    event_version,
    decider,
    decider_id,
    data,
    command_id,
    previous_id,
    final,
    created_at: setting.now,
    offset: state.last_offset + 1,
    transaction: state.transactions + 1,
  };
  const locks = locksAfter(state, row);
  const reached = [
    previous_id === null ? 'first' : 'next',
    ...(final ? ['final'] : []),
    ...locks.map(({ isNew }) => (isNew ? 'lock-created' : 'lock-moved')),
  ];
  return done(
    [eventRow(row)],
    [{ type: 'event_appended', row }, ...locks.map(({ fact }) => fact)],
    ...reached,
  );
}

function isClosedAsDocumented(state: EventStoreState, { asDocumented }: Setting, decider_id: string | null) {
  if (!asDocumented.has('a-final-partition-can-grow')) return false;
  return lastOf(partitionOf(state, decider_id))?.final === true;
}

/** Every view learns of the event. Surprise: a new lock begins as one that is held until this very instant. */
function locksAfter(state: EventStoreState, row: StoredEvent): { isNew: boolean; fact: Fact }[] {
  const { decider_id, offset, final, created_at: now } = row;
  const found: { isNew: boolean; fact: Fact }[] = [];
  for (const [view, { locks }] of state.subscriptions) {
    const known = locks.get(decider_id);
    const lock: Lock = {
      view,
      decider_id,
      offset,
      last_offset: known?.last_offset ?? 0,
      locked_until: known?.locked_until ?? now,
      offset_final: final,
      created_at: known?.created_at ?? now,
      updated_at: now,
    };
    found.push({ isNew: !known, fact: { type: 'lock_set', row: lock } });
  }
  return found;
}
