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
import { type EventStoreState, isRegistered, lockIn, type Partition, type StoredEvent } from './state.ts';

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

const drawn: readonly Fact[] = [{ type: 'offset_drawn' }];
const refused = (refusal: SqlError, name?: string) => refuse(refusal, name, drawn);

const isClosed = refused(
  raised(
    'last event for this decider stream is already final. the stream is closed, you can not append events to it.',
  ),
  'closed',
);
const isNotFirst = refused(raised('previous_id can only be null for the first decider event'), 'not-first');
const isOfOtherDecider = refused(raised('previous_id must be in the same decider'), 'other-decider');
const isMissing = (column: keyof Proposed) => refused(notNullViolation(column));
const isThere = refused(uniqueViolation('events_event_id_key'));
const isNotTheLast = refused(uniqueViolation('events_previous_id_key'));
const isNoKind = refused(foreignKeyViolation('events_decider_event_event_version_fkey'));

function append(state: EventStoreState, setting: Setting, proposed: Proposed): Decision {
  const { event, event_id, event_version, decider, decider_id, data, command_id, previous_id, final } =
    proposed;

  const partition = decider_id === null ? undefined : state.partitions.get(decider_id);
  const last = partition?.streams.find((each) => each.decider === decider);
  if (last?.final || isClosedAsDocumented(partition, setting)) return isClosed;
  if (previous_id === null) {
    if (last) return isNotFirst;
  } else if (last?.event_id !== previous_id) {
    const previous = state.events.get(previous_id);
    if (previous?.decider_id !== decider_id || previous.decider !== decider) return isOfOtherDecider;
  }

  if (event === null) return isMissing('event');
  if (event_id === null) return isMissing('event_id');
  if (event_version === null) return isMissing('event_version');
  if (decider === null) return isMissing('decider');
  if (decider_id === null) return isMissing('decider_id');
  if (data === undefined) return isMissing('data');
  if (command_id === null) return isMissing('command_id');
  if (final === null) return isMissing('final');

  if (state.events.has(event_id)) return isThere;
  // A stream is a chain, so that every event of it but the last has its one successor.
  if (last && last.event_id !== previous_id) return isNotTheLast;
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
    transaction: setting.transaction,
  };
  if (!isRegistered(state, row)) return isNoKind;

  const reached = [previous_id === null ? 'first' : 'next'];
  if (final) reached.push('final');
  for (const subscription of state.subscriptions.values()) {
    reached.push(lockIn(subscription, partition) ? 'lock-moved' : 'lock-created');
  }
  return done([eventRow(row)], [{ type: 'event_appended', row }], reached);
}

function isClosedAsDocumented(partition: Partition | undefined, { asDocumented }: Setting): boolean {
  if (!asDocumented.has('a-final-partition-can-grow')) return false;
  return partition?.events.last?.final === true;
}
