/** `get_events` and `get_last_event`. */
import type { GetEvents, GetLastEvent } from './commands.ts';
import type { Decision, Setting } from './decider.ts';
import { done, eventRow } from './outcome.ts';
import { type EventStoreState, partitionOf } from './state.ts';

/** The events of one decider under an id, by offset. */
export function getEvents(state: EventStoreState, { v_decider_id, v_decider }: GetEvents): Decision {
  const events = partitionOf(state, v_decider_id)?.events.values() ?? [];
  const found = events.filter(({ decider }) => decider === v_decider);
  return done(found.map(eventRow), [], [found.length > 0 ? 'get_events/found' : 'get_events/nothing']);
}

/** Surprise: the last event of that id, whichever decider it is of. */
export function getLastEvent(
  state: EventStoreState,
  { v_decider_id, v_decider }: GetLastEvent,
  { asDocumented }: Setting,
): Decision {
  const events = partitionOf(state, v_decider_id)?.events;
  const last = asDocumented.has('the-last-event-is-that-of-any-decider')
    ? events?.values().findLast(({ decider }) => decider === v_decider)
    : events?.last;
  if (!last) return done([], [], ['get_last_event/nothing']);
  const reached = last.decider === v_decider ? 'get_last_event/found' : 'get_last_event/of-another-decider';
  return done([eventRow(last)], [], [reached]);
}
