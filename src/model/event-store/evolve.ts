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
} from './state.ts';

/** A copy of a state that its maker alone has seen. */
export type Draft = { -readonly [Key in keyof EventStoreState]: EventStoreState[Key] };

/** In place; `owner` is the draft's token: see `PersistentMap`. */
export function apply(draft: Draft, fact: Fact, owner: Owner): void {
  switch (fact.type) {
    case 'decider_event_registered': {
      const { decider, event, event_version } = fact.row;
      draft.deciders = draft.deciders.set(keyOf(decider, event, event_version), fact.row, owner);
      return;
    }
    case 'offset_drawn':
      draft.last_offset += 1;
      return;
    case 'event_appended':
      append(draft, fact.row, owner);
      return;
    case 'events_truncated': {
      const { partitions, streams, events } = initialState;
      Object.assign(draft, { partitions, streams, events });
      return;
    }
    case 'view_registered': {
      const { row } = fact;
      const known = draft.subscriptions.get(row.view) ?? { locks: noLocks, pending: nothingPending };
      draft.subscriptions = draft.subscriptions.set(row.view, { ...known, view: row }, owner);
      return;
    }
    case 'view_deleted':
      draft.subscriptions = draft.subscriptions.delete(fact.view);
      return;
    case 'lock_set':
      setLock(draft, fact.row, owner);
      return;
    default:
      unreachable(fact);
  }
}

function append(draft: Draft, row: StoredEvent, owner: Owner): void {
  const { event_id, decider, decider_id } = row;
  const partition = draft.partitions.get(decider_id) ?? noEvents;
  draft.partitions = draft.partitions.set(decider_id, partition.set(partition.size + 1, row, owner), owner);
  draft.streams = draft.streams.set(keyOf(decider_id, decider), { last: row }, owner);
  draft.events = draft.events.set(event_id, row, owner);
  draft.last_offset = row.offset;
}

function setLock(draft: Draft, lock: Lock, owner: Owner): void {
  const { view, locks, pending } = draft.subscriptions.get(lock.view)!;
  const before = locks.get(lock.decider_id);
  const others = before && before.offset !== lock.offset ? pending.delete(before.offset, owner) : pending;
  const subscription = {
    view,
    locks: locks.set(lock.decider_id, lock, owner),
    pending: others.set(lock.offset, lock, owner),
  };
  draft.subscriptions = draft.subscriptions.set(lock.view, subscription, owner);
}
