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
import { branchOf, done, eventRow, refuse } from './outcome.ts';
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
  return append(state, setting, ofAppend, {
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
  return append(state, setting, ofInsert, { data: undefined, ...rest, event_version, final });
}

const drawn: readonly Fact[] = [{ type: 'offset_drawn' }];

/** What can come of a row, by the command that proposes it. */
function endsOf(command: 'append_event' | 'insert_event') {
  const refused = (refusal: SqlError, name?: string) => refuse(command, refusal, name, drawn);
  const missing = (column: keyof Proposed) => refused(notNullViolation(column));
  return {
    closed: refused(
      raised(
        'last event for this decider stream is already final. the stream is closed, you can not append events to it.',
      ),
      'closed',
    ),
    notFirst: refused(raised('previous_id can only be null for the first decider event'), 'not-first'),
    otherDecider: refused(raised('previous_id must be in the same decider'), 'other-decider'),
    missing: {
      event: missing('event'),
      event_id: missing('event_id'),
      event_version: missing('event_version'),
      decider: missing('decider'),
      decider_id: missing('decider_id'),
      data: missing('data'),
      command_id: missing('command_id'),
      final: missing('final'),
    },
    known: refused(uniqueViolation('events_event_id_key')),
    notTheLast: refused(uniqueViolation('events_previous_id_key')),
    unregistered: refused(foreignKeyViolation('events_decider_event_event_version_fkey')),
    first: branchOf(command, 'first'),
    next: branchOf(command, 'next'),
    final: branchOf(command, 'final'),
    lockMoved: branchOf(command, 'lock-moved'),
    lockCreated: branchOf(command, 'lock-created'),
  };
}
type Ends = ReturnType<typeof endsOf>;

const ofAppend = endsOf('append_event');
const ofInsert = endsOf('insert_event');

function append(state: EventStoreState, setting: Setting, ends: Ends, proposed: Proposed): Decision {
  const { event, event_id, event_version, decider, decider_id, data, command_id, previous_id, final } =
    proposed;

  const partition = decider_id === null ? undefined : state.partitions.get(decider_id);
  const last = partition?.streams.find((each) => each.decider === decider);
  if (last?.final || isClosedAsDocumented(partition, setting)) return ends.closed;
  if (previous_id === null) {
    if (last) return ends.notFirst;
  } else if (last?.event_id !== previous_id) {
    const previous = state.events.get(previous_id);
    if (previous?.decider_id !== decider_id || previous.decider !== decider) return ends.otherDecider;
  }

  if (event === null) return ends.missing.event;
  if (event_id === null) return ends.missing.event_id;
  if (event_version === null) return ends.missing.event_version;
  if (decider === null) return ends.missing.decider;
  if (decider_id === null) return ends.missing.decider_id;
  if (data === undefined) return ends.missing.data;
  if (command_id === null) return ends.missing.command_id;
  if (final === null) return ends.missing.final;

  if (state.events.has(event_id)) return ends.known;
  // A stream is a chain, so that every event of it but the last has its one successor.
  if (last && last.event_id !== previous_id) return ends.notTheLast;
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
  if (!isRegistered(state, row)) return ends.unregistered;

  const reached = [previous_id === null ? ends.first : ends.next];
  if (final) reached.push(ends.final);
  state.subscriptions.forEach((subscription) => {
    reached.push(lockIn(subscription, partition) ? ends.lockMoved : ends.lockCreated);
  });
  return done([eventRow(row)], [{ type: 'event_appended', row }], reached);
}

function isClosedAsDocumented(partition: Partition | undefined, { asDocumented }: Setting): boolean {
  if (!asDocumented.has('a-final-partition-can-grow')) return false;
  return partition?.events.last?.final === true;
}
