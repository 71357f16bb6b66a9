/** Appends with any number of things wrong about them at once, for which the store names one. */
import { eventId } from '../../src/harness/event-store/arbitrary/scene.ts';
import type { AppendEvent, EventStoreStatement } from '../../src/model/event-store/commands.ts';
import type { SqlError } from '../../src/model/kernel/sql-error.ts';
import { append, appendFinal, kind } from './event-store.ts';

/** What can be wrong with an append, in the order in which it is found. */
export const faults = [
  'unreadable',
  'closed',
  'not-first',
  'other-decider',
  'null',
  'event-taken',
  'previous-taken',
  'unregistered',
] as const;
export type Fault = (typeof faults)[number];

const raised = (message: string): SqlError => ({ sqlstate: 'P0001', message });

/** How the caller is told. */
export const refusals: Readonly<Record<Fault, SqlError>> = {
  unreadable: { sqlstate: '22P02' },
  closed: raised(
    'last event for this decider stream is already final. the stream is closed, you can not append events to it.',
  ),
  'not-first': raised('previous_id can only be null for the first decider event'),
  'other-decider': raised('previous_id must be in the same decider'),
  null: { sqlstate: '23502', column: 'data' },
  'event-taken': { sqlstate: '23505', constraint: 'events_event_id_key' },
  'previous-taken': { sqlstate: '23505', constraint: 'events_previous_id_key' },
  unregistered: { sqlstate: '23503', constraint: 'events_decider_event_event_version_fkey' },
};

const partition = (n: number) => `00000000-0000-4000-a000-00000000000${n}`;
const [open, closed, other] = [partition(1), partition(2), partition(3)];

/** What there is before: two events in each of three streams, one of which is closed. The ids suit either release. */
export const before: readonly EventStoreStatement[] = [
  kind('placed'),
  append(1, open),
  append(2, open, 1),
  append(3, closed),
  appendFinal(4, closed, 3),
  append(5, other),
  append(6, other, 5),
];

/** What cannot be wrong at once: an event without a previous one has no previous one that is wrong. */
const isPossible = (set: ReadonlySet<Fault>) =>
  !(set.has('not-first') && (set.has('other-decider') || set.has('previous-taken')));

/** Every set of faults that can be, the empty one aside. */
export const faultSets: readonly ReadonlySet<Fault>[] = Array.from(
  { length: 2 ** faults.length - 1 },
  (_, i) => new Set(faults.filter((_, bit) => ((i + 1) >> bit) & 1)),
).filter(isPossible);

export function appendWith(set: ReadonlySet<Fault>): EventStoreStatement {
  const [first, last] = set.has('closed') ? [3, 4] : [1, 2];
  const taken = set.has('previous-taken');
  const previous = set.has('not-first')
    ? null
    : set.has('other-decider')
      ? taken
        ? 5
        : 6
      : taken
        ? first
        : last;
  const { v_data, ...command } = append(7, set.has('closed') ? closed : open, previous) as AppendEvent;
  return {
    ...command,
    ...(set.has('null') ? {} : { v_data }),
    ...(set.has('unreadable') ? { v_command_id: 'no uuid' } : {}),
    ...(set.has('event-taken') ? { v_event_id: eventId(1) } : {}),
    ...(set.has('unregistered') ? { v_event: 'unheard of' } : {}),
  };
}
