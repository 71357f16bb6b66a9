/** How each fact changes the state. */
import { unreachable } from '../kernel/assert.ts';
import type { Owner } from '../kernel/persistent-map.ts';
import type { Fact } from './facts.ts';
import {
  type EventStoreState,
  initialState,
  keyOf,
  type Lock,
  noEvents,
  noLocks,
  nothingPending,
  type StoredEvent,
  type Subscription,
} from './state.ts';

/** `owner` is the token of whoever alone has seen the state so far: see `PersistentMap`. */
export function evolve(state: EventStoreState, fact: Fact, owner?: Owner): EventStoreState {
  switch (fact.type) {
    case 'decider_event_registered': {
      const { decider, event, event_version } = fact.row;
      const deciders = state.deciders.set(keyOf(decider, event, event_version), fact.row, owner);
      return { ...state, deciders };
    }
    case 'offset_drawn':
      return { ...state, last_offset: state.last_offset + 1 };
    case 'event_appended':
      return appended(state, fact.row, owner);
    case 'events_truncated': {
      const { partitions, streams, events, successors } = initialState;
      return { ...state, partitions, streams, events, successors };
    }
    case 'view_registered': {
      const known = state.subscriptions.get(fact.row.view) ?? { locks: noLocks, pending: nothingPending };
      return withSubscription(state, { ...known, view: fact.row }, owner);
    }
    case 'view_deleted':
      return { ...state, subscriptions: state.subscriptions.delete(fact.view) };
    case 'lock_set':
      return withLock(state, fact.row, owner);
    default:
      return unreachable(fact);
  }
}

function appended(state: EventStoreState, row: StoredEvent, owner: Owner | undefined): EventStoreState {
  const { event_id, previous_id, decider, decider_id, offset } = row;
  const partition = state.partitions.get(decider_id) ?? noEvents;
  const { successors } = state;
  return {
    ...state,
    partitions: state.partitions.set(decider_id, partition.set(partition.size + 1, row, owner), owner),
    streams: state.streams.set(keyOf(decider_id, decider), { isFinal: row.final }, owner),
    events: state.events.set(event_id, row, owner),
    successors: previous_id === null ? successors : successors.set(previous_id, row, owner),
    last_offset: offset,
  };
}

function withSubscription(
  state: EventStoreState,
  subscription: Subscription,
  owner: Owner | undefined,
): EventStoreState {
  return { ...state, subscriptions: state.subscriptions.set(subscription.view.view, subscription, owner) };
}

function withLock(state: EventStoreState, lock: Lock, owner: Owner | undefined): EventStoreState {
  const subscription = state.subscriptions.get(lock.view)!;
  const before = subscription.locks.get(lock.decider_id);
  const kept =
    before && before.offset !== lock.offset
      ? subscription.pending.delete(before.offset, owner)
      : subscription.pending;
  const locks = subscription.locks.set(lock.decider_id, lock, owner);
  const pending = kept.set(lock.offset, lock, owner);
  return withSubscription(state, { ...subscription, locks, pending }, owner);
}
