/** How each fact changes the state. */
import { unreachable } from '../kernel/assert.ts';
import { type Owner, PersistentMap } from '../kernel/persistent-map.ts';
import type { Fact } from './facts.ts';
import {
  type EventStoreState,
  type Lock,
  lockIn,
  noEvents,
  noLocks,
  type Partition,
  type StoredEvent,
} from './state.ts';

/** A copy of a state that its maker alone has seen. */
export type Draft = { -readonly [Key in keyof EventStoreState]: EventStoreState[Key] };

/** In place; `owner` is the draft's token: see `PersistentMap`. */
export function apply(draft: Draft, fact: Fact, owner: Owner): void {
  switch (fact.type) {
    case 'decider_event_registered': {
      const { decider } = fact.row;
      const known = draft.deciders.get(decider) ?? [];
      draft.deciders = draft.deciders.set(decider, [...known, fact.row], owner);
      return;
    }
    case 'offset_drawn':
      draft.last_offset += 1;
      return;
    case 'event_appended':
      append(draft, fact.row, owner);
      return;
    case 'events_truncated':
      draft.partitions = draft.partitions.map(({ newest }) => ({ newest, events: noEvents, streams: [] }));
      draft.events = PersistentMap.empty();
      return;
    case 'view_registered': {
      const { row } = fact;
      const locks = draft.subscriptions.get(row.view)?.locks ?? noLocks;
      draft.subscriptions = draft.subscriptions.set(row.view, { view: row, locks }, owner);
      return;
    }
    case 'view_deleted':
      draft.subscriptions = draft.subscriptions.delete(fact.view);
      return;
    case 'lock_set': {
      const { row } = fact;
      const { view, locks } = draft.subscriptions.get(row.view)!;
      const subscription = { view, locks: locks.set(row.offset, row, owner) };
      draft.subscriptions = draft.subscriptions.set(row.view, subscription, owner);
      return;
    }
    default:
      unreachable(fact);
  }
}

function append(draft: Draft, row: StoredEvent, owner: Owner): void {
  const { event_id, decider_id, offset } = row;
  const before = draft.partitions.get(decider_id);
  const partition = {
    newest: offset,
    events: (before?.events ?? noEvents).set(offset, row, owner),
    streams: streamsAfter(before?.streams, row),
  };
  draft.partitions = draft.partitions.set(decider_id, partition, owner);
  draft.events = draft.events.set(event_id, row, owner);
  draft.last_offset = offset;
  draft.transactions = row.transaction;
  lockAlong(draft, row, before, owner);
}

function streamsAfter(streams: readonly StoredEvent[] | undefined, row: StoredEvent): readonly StoredEvent[] {
  if (!streams) return [row];
  const others = streams.filter(({ decider }) => decider !== row.decider);
  return others.length === 0 ? [row] : [...others, row];
}

/** Every view learns of the event. Surprise: a new lock begins as one that is held until this very instant. */
function lockAlong(draft: Draft, row: StoredEvent, before: Partition | undefined, owner: Owner): void {
  if (draft.subscriptions.size === 0) return;
  const { decider_id, offset, final, created_at: now } = row;
  draft.subscriptions = draft.subscriptions.map((subscription, view) => {
    const known = lockIn(subscription, before);
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
    const locks = known
      ? subscription.locks.move(known.offset, offset, lock, owner)
      : subscription.locks.set(offset, lock, owner);
    return { view: subscription.view, locks };
  });
}
