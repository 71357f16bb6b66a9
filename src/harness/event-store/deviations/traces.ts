/** Words for the traces of the registry: ids are uuids, which are text as well, so that one trace is for both releases. */
import type {
  AppendEvent,
  EventStoreCommand,
  InsertEvent,
  RegisterView,
  StreamEvents,
} from '../../../model/event-store/commands.ts';
import type { TraceEntry } from '../../contract/trace.ts';
import { commandId, deciderIds, eventId } from '../arbitrary/scene.ts';

type Entries = readonly TraceEntry<EventStoreCommand>[];

export const [deciderId, otherId] = deciderIds.uuid as [string, string];

/** At once. */
export const commands = (...list: EventStoreCommand[]): Entries =>
  list.map((command) => ({ at: 0, command }));

/** One more, a millisecond after the last. */
export const later = (entries: Entries, command: EventStoreCommand): Entries => [
  ...entries,
  { at: 1, command },
];

export const inBoth = (entries: Entries) => ({ uuid: entries, text: entries });

export const kind = (v_decider = 'order'): EventStoreCommand => ({
  ...{ type: 'register_decider_event', v_decider, v_event: 'placed', v_description: 'd' },
});

/** The n-th event, after the one that is named. */
export const append = (
  n: number,
  v_decider_id: string,
  after?: number,
  v_decider = 'order',
): AppendEvent => ({
  type: 'append_event',
  v_event: 'placed',
  v_event_id: eventId(n),
  v_decider,
  v_decider_id,
  v_data: {},
  v_command_id: commandId,
  v_previous_id: after === undefined ? null : eventId(after),
});

export const inserted = (n: number): InsertEvent => ({
  type: 'insert_event',
  event: 'placed',
  event_id: eventId(n),
  decider: 'order',
  decider_id: deciderId,
  data: {},
  command_id: commandId,
  previous_id: null,
});

/** A kind of event, and the first event of a partition. */
export const partition = (): EventStoreCommand[] => [kind(), append(1, deciderId)];

export const register = (v_start_at: string): RegisterView => ({
  type: 'register_view',
  v_view: 'mail',
  v_start_at,
});

export const stream: StreamEvents = { type: 'stream_events', v_view_name: 'mail' };

export const acknowledge = (v_offset: number): EventStoreCommand => ({
  ...{ type: 'ack_event', v_view: 'mail', v_decider_id: deciderId, v_offset },
});
