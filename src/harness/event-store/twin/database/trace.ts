/** What an event store has executed so far, as a trace. */
import type { EventStoreCommand } from '../../../../model/event-store/commands.ts';
import type { IdType } from '../../../../model/event-store/ids.ts';
import type { TwinTrace } from '../../../twin/trace.ts';

export type EventStoreTrace = TwinTrace<EventStoreCommand, 'event-store', IdType>;
