/** Laws of every reachable state. */
import type { Invariant } from '../kernel/machine.ts';
import { type EventStoreState, isRegistered, lockIn, type StoredEvent } from './state.ts';

const where = ({ decider, decider_id, offset }: StoredEvent) => `${decider} ${decider_id}, offset ${offset}`;

/** What comes of the first partition in which something is found. */
function inPartitions(
  { partitions }: EventStoreState,
  fault: (events: readonly StoredEvent[]) => StoredEvent | undefined,
): string | undefined {
  for (const partition of partitions.values()) {
    const found = fault(partition.events.values());
    if (found) return where(found);
  }
  return undefined;
}

/** Those before it of the same decider. */
const before = (events: readonly StoredEvent[], { decider, offset }: StoredEvent) =>
  events.filter((other) => other.decider === decider && other.offset < offset);

export const invariants: readonly Invariant<EventStoreState>[] = [
  {
    title: 'the events of a decider under an id are one chain with one root',
    violation: (state) =>
      inPartitions(state, (events) =>
        events.find((event) => (before(events, event).at(-1)?.event_id ?? null) !== event.previous_id),
      ),
  },
  {
    title: 'nothing comes after a final event of a decider',
    violation: (state) =>
      inPartitions(state, (events) =>
        events.find((event) => before(events, event).some(({ final }) => final)),
      ),
  },
  {
    title: 'offsets rise within a partition, and none is beyond the sequence',
    violation: (state) =>
      inPartitions(state, (events) =>
        events.find(({ offset }, i) => offset <= (events[i - 1]?.offset ?? 0) || offset > state.last_offset),
      ),
  },
  {
    title: 'every event is of a registered kind',
    violation: (state) => {
      for (const event of state.events.values()) {
        if (!isRegistered(state, event)) return where(event);
      }
      return undefined;
    },
  },
  {
    title: 'every view has a lock for every partition, and it knows the newest event',
    violation: ({ partitions, subscriptions }) => {
      for (const [view, subscription] of subscriptions) {
        for (const [decider_id, partition] of partitions) {
          const newest = partition.events.last;
          if (!newest) continue;
          const lock = lockIn(subscription, partition);
          if (lock?.offset !== newest.offset || lock.offset_final !== newest.final)
            return `${view} in ${decider_id}: ${lock?.offset} and not ${newest.offset}`;
        }
      }
      return undefined;
    },
  },
];
