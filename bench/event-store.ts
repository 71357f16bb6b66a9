/** What a command costs the model of the event store, by how many events there are. */
import type { EventStoreCommand } from '../src/model/event-store/commands.ts';
import { eventStoreUuid } from '../src/model/event-store/machine.ts';
import type { EventStoreState } from '../src/model/event-store/state.ts';
import { usedHeap } from './memory.ts';
import { median } from './statistics.ts';

export const eventCounts: readonly number[] = [1_000, 100_000];
export const partitions = 1_000;
export const views = 10;

const kinds = ['append_event', 'stream_events', 'ack_event'] as const;
/** Commands of each kind in a block, which starts from the same state as every other. */
const ofEachKind = 16;
const millisecondsPerRound = 400;
const startedAt = Date.UTC(2030, 0, 1);

/** Microseconds a command. */
export type StoreCosts = Readonly<Record<(typeof kinds)[number], number>>;

export interface StoreFigures {
  readonly events: number;
  readonly microseconds: StoreCosts;
  /** Of heap that an event takes, its part in indexes included. */
  readonly bytesPerEvent: number;
}

interface Subject {
  readonly events: number;
  readonly state: EventStoreState;
  readonly bytesPerEvent: number;
}

const id = (kind: number, n: number) =>
  `00000000-0000-4000-${kind.toString(16)}000-${n.toString(16).padStart(12, '0')}`;
const eventId = (n: number) => id(8, n);
const partitionId = (n: number) => id(9, n % partitions);

/** Events take turns among the partitions, so the one before in the same is as many events ago. */
const append = (n: number): EventStoreCommand => ({
  type: 'append_event',
  v_event: 'placed',
  v_event_id: eventId(n),
  v_decider: 'order',
  v_decider_id: partitionId(n),
  v_data: { n },
  v_command_id: id(10, 1),
  v_previous_id: n < partitions ? null : eventId(n - partitions),
});

const execute = (state: EventStoreState, command: EventStoreCommand, now: number) => {
  const { state: after, result } = eventStoreUuid.transition(state, command, { now, uuid: '' });
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return { after, rows: result.rows };
};

export function measureEventStore(rounds: number): readonly StoreFigures[] {
  const subjects = eventCounts.map(populate);
  const measureAll = () => subjects.map(measure);
  measureAll();
  // Round by round, so that a slow moment does not fall on one of them alone.
  const measured = Array.from({ length: rounds }, measureAll);
  return subjects.map(({ events, bytesPerEvent }, i) => ({
    events,
    bytesPerEvent,
    microseconds: Object.fromEntries(
      kinds.map((kind) => [kind, median(measured.map((round) => round[i]![kind]))]),
    ) as StoreCosts,
  }));
}

/** By kind, the cost with the most events to that with the fewest. */
export function ratiosOf(figures: readonly StoreFigures[]): StoreCosts {
  const [fewest, most] = [figures[0]!.microseconds, figures.at(-1)!.microseconds];
  return Object.fromEntries(kinds.map((kind) => [kind, most[kind] / fewest[kind]])) as unknown as StoreCosts;
}

/** Views that have read nothing yet, so that all partitions wait for each of them. */
function populate(events: number): Subject {
  const before = usedHeap();
  let state = eventStoreUuid.initialState;
  const kind = { v_decider: 'order', v_event: 'placed', v_description: 'an order' };
  state = execute(state, { type: 'register_decider_event', ...kind }, startedAt).after;
  for (let view = 0; view < views; view++) {
    const start = { v_view: `view ${view}`, v_start_at: '-infinity' };
    state = execute(state, { type: 'register_view', ...start }, startedAt).after;
  }
  for (let n = 0; n < events; n++) state = execute(state, append(n), startedAt + n).after;
  return { events, state, bytesPerEvent: (usedHeap() - before) / events };
}

function measure({ events, state: populated }: Subject): StoreCosts {
  const now = startedAt + 1_000_000;
  const nanoseconds = kinds.map(() => 0n);
  const begun = performance.now();
  let blocks = 0;
  while (performance.now() - begun < millisecondsPerRound) {
    let state = populated;
    const given: EventStoreCommand[] = [];
    const time = (kind: number, commands: readonly EventStoreCommand[]) => {
      const from = process.hrtime.bigint();
      for (const command of commands) {
        const { after, rows } = execute(state, command, now);
        state = after;
        if (command.type !== 'stream_events') continue;
        const [{ decider_id, offset } = {}] = rows;
        given.push({
          type: 'ack_event',
          v_view: command.v_view_name,
          v_decider_id: decider_id as string,
          v_offset: offset as number,
        });
      }
      nanoseconds[kind]! += process.hrtime.bigint() - from;
    };
    time(
      0,
      Array.from({ length: ofEachKind }, (_, i) => append(events + i)),
    );
    time(1, streams);
    time(2, given);
    blocks++;
  }
  return Object.fromEntries(
    kinds.map((kind, i) => [kind, Number(nanoseconds[i]!) / 1000 / blocks / ofEachKind]),
  ) as unknown as StoreCosts;
}

const streams = Array.from(
  { length: ofEachKind },
  (_, i): EventStoreCommand => ({ type: 'stream_events', v_view_name: `view ${i % views}` }),
);
