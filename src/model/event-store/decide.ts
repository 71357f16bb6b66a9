/** What is decided about one statement. */
import { unreachable } from '../kernel/assert.ts';
import { isRefusal } from '../kernel/outcome.ts';
import { ackEvent, nackEvent, scheduleNackEvent } from './acknowledge.ts';
import { appendEvent, insertEvent } from './append-event.ts';
import { bind } from './binding.ts';
import type { EventStoreStatement } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import { getEvents, getLastEvent } from './get-events.ts';
import { changeNothing, type Guarded, truncateEvents } from './immutable.ts';
import { refuse } from './outcome.ts';
import { registerDeciderEvent } from './register-decider-event.ts';
import { deleteView, registerView, updateView } from './register-view.ts';
import type { EventStoreState } from './state.ts';
import { streamEvents } from './stream-events.ts';

export function decide(command: EventStoreStatement, state: EventStoreState, setting: Setting): Decision {
  switch (command.type) {
    case 'update_event':
    case 'delete_event':
    case 'update_decider':
    case 'delete_decider':
      return changeNothing(command, setting.idType);
    default: {
      const bound = bind(command, setting.idType);
      return isRefusal(bound) ? refuse(command.type, bound) : decideBound(bound, state, setting);
    }
  }
}

function decideBound(
  command: Exclude<EventStoreStatement, Guarded>,
  state: EventStoreState,
  setting: Setting,
): Decision {
  switch (command.type) {
    case 'register_decider_event':
      return registerDeciderEvent(state, command);
    case 'append_event':
      return appendEvent(state, command, setting);
    case 'insert_event':
      return insertEvent(state, command, setting);
    case 'get_events':
      return getEvents(state, command);
    case 'get_last_event':
      return getLastEvent(state, command, setting);
    case 'register_view':
      return registerView(state, command, setting);
    case 'stream_events':
      return streamEvents(state, command, setting);
    case 'ack_event':
      return ackEvent(state, command, setting);
    case 'nack_event':
      return nackEvent(state, command, setting);
    case 'schedule_nack_event':
      return scheduleNackEvent(state, command, setting);
    case 'update_view':
      return updateView(state, command, setting);
    case 'delete_view':
      return deleteView(state, command);
    case 'truncate_events':
      return truncateEvents(state, setting);
    default:
      return unreachable(command);
  }
}
