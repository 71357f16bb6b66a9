/** What there is to work on, and what names random commands use. */
import type { IdType } from '../../../model/event-store/ids.ts';
import type { EventStoreState, Lock, StoredEvent } from '../../../model/event-store/state.ts';

export const deciders = ['order', 'cart'];
export const events = ['placed', 'paid'];
export const views = ['mail', 'stock', ''];
export const nul = 'a\0b';
export const noUuid = 'no uuid';

/** Of deciders, by what their type is. Names of partitions as text, the empty one among them, are of any form. */
export const deciderIds: Readonly<Record<IdType, readonly string[]>> = {
  uuid: [1, 2, 3, 4].map((n) => `00000000-0000-4000-a000-00000000000${n}`),
  text: ['a', 'b', '', 'ä b'],
};

/** The id of the n-th event that was ever tried to be appended. */
export const eventId = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
export const commandId = '00000000-0000-4000-9000-000000000001';

export interface Scene {
  readonly state: EventStoreState;
  readonly now: number;
  readonly idType: IdType;
  readonly stored: readonly StoredEvent[];
  readonly locks: readonly Lock[];
  readonly registered: readonly { readonly decider: string; readonly event: string }[];
  /** Names of those that are there. */
  readonly views: readonly string[];
}

export function sceneOf(state: EventStoreState, now: number, idType: IdType): Scene {
  return {
    state,
    now,
    idType,
    stored: [...state.events.values()].sort((a, b) => a.offset - b.offset),
    locks: [...state.subscriptions.values()]
      .flatMap(({ locks }) => locks.values())
      .sort((a, b) => (a.view === b.view ? a.offset - b.offset : a.view < b.view ? -1 : 1)),
    registered: [...state.deciders.values()].flat().sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1)),
    views: [...state.subscriptions.keys()].sort(),
  };
}

const keyText = ({
  decider,
  event,
  event_version,
}: {
  decider: string;
  event: string;
  event_version: number;
}) => `${decider} ${event} ${event_version}`;

/** The event that the lock's view would be given. */
export const nextOf = ({ state }: Scene, lock: Lock): StoredEvent | undefined =>
  state.partitions.get(lock.decider_id)?.events.after(lock.last_offset);
