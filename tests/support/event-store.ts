/** Words for stories about event stores: their commands in short, their tables as rows, statements one by one. */
import { expect } from 'vitest';
import { commandId, eventId } from '../../src/harness/event-store/arbitrary/scene.ts';
import { projectAs } from '../../src/harness/event-store/projection.ts';
import { eventStoreTextUnderTest, eventStoreUuidUnderTest } from '../../src/harness/event-store/release.ts';
import type { EventStoreCommand, EventStoreStatement } from '../../src/model/event-store/commands.ts';
import type { IdType } from '../../src/model/event-store/ids.ts';
import type { DeciderEvent, EventStoreState, Lock, StoredEvent } from '../../src/model/event-store/state.ts';
import type { Instant } from '../../src/model/kernel/instant.ts';
import type { Result } from '../../src/model/kernel/transition.ts';
import * as general from './play.ts';

export type Step = general.Executed<EventStoreState, EventStoreCommand>;
export type Release = typeof eventStoreTextUnderTest;

/** By the type of the ids that deciders have. */
export const releases: readonly (readonly [IdType, Release])[] = [
  ['uuid', eventStoreUuidUnderTest],
  ['text', eventStoreTextUnderTest],
];

/** On the store whose deciders have text as ids. */
export const play = (script: readonly (EventStoreCommand | general.Wait)[]) =>
  general.play(eventStoreTextUnderTest, script);
export const newStage = () => new general.Stage<EventStoreState, EventStoreCommand>(eventStoreTextUnderTest);

type More<Type extends EventStoreStatement['type']> = Partial<Extract<EventStoreStatement, { type: Type }>>;

/** A kind of event that the decider `order` may publish, unless another is named. */
export const kind = (v_event: string, v_decider = 'order'): EventStoreStatement => ({
  ...{ type: 'register_decider_event', v_decider, v_event, v_description: 'd' },
});
/** Event n of a partition behind event `previous`, or its first: `placed` by `order`. */
export const append = (
  n: number,
  v_decider_id: string,
  previous: number | null = null,
  more: More<'append_event'> = {},
): EventStoreStatement => ({
  ...{ type: 'append_event', v_event: 'placed', v_decider: 'order', v_decider_id, v_data: {} },
  ...{ v_event_id: eventId(n), v_command_id: commandId, v_previous_id: previousId(previous) },
  ...more,
});
/** The same by hand, and final. */
export const appendFinal = (
  n: number,
  decider_id: string,
  previous: number | null = null,
  more: More<'insert_event'> = {},
): EventStoreStatement => ({
  ...{ type: 'insert_event', event: 'placed', decider: 'order', decider_id, data: {}, final: true },
  ...{ event_id: eventId(n), command_id: commandId, previous_id: previousId(previous) },
  ...more,
});
const previousId = (n: number | null) => (n === null ? null : eventId(n));

export const view = (v_view: string, more: More<'register_view'> = {}): EventStoreStatement => ({
  ...{ type: 'register_view', v_view, ...more },
});
/** All that can be read, held for five seconds. */
export const stream = (v_view_name: string, more: More<'stream_events'> = {}): EventStoreStatement => ({
  ...{ type: 'stream_events', v_view_name, v_limit: null, v_seconds: 5, ...more },
});
export const ack = (v_view: string, v_decider_id: string, v_offset: number): EventStoreStatement => ({
  ...{ type: 'ack_event', v_view, v_decider_id, v_offset },
});
export const nack = (v_view: string, v_decider_id: string): EventStoreStatement => ({
  ...{ type: 'nack_event', v_view, v_decider_id },
});
export const nackLater = (
  v_view: string,
  v_decider_id: string,
  v_milliseconds: number,
): EventStoreStatement => ({ type: 'schedule_nack_event', v_view, v_decider_id, v_milliseconds });
export const together = (...commands: EventStoreStatement[]): EventStoreCommand => ({
  ...{ type: 'transaction', commands },
});

export type EventRow = Omit<StoredEvent, 'transaction'>;
export interface ViewRow {
  readonly view: string;
  /** As it is printed. */
  readonly start_at: string;
}
/** The tables of a store: events by offset, locks by view and partition. */
export interface Contents {
  readonly deciders: readonly DeciderEvent[];
  readonly events: readonly EventRow[];
  readonly views: readonly ViewRow[];
  readonly locks: readonly Lock[];
  /** The last offset that the sequence has drawn. */
  readonly drawn: number;
}

const project = projectAs('uuid');

export function contentsOf(state: EventStoreState): Contents {
  const tables = project(state);
  const rows = <T>(table: string) => tables.get(`public.${table}`) as unknown as readonly T[];
  return {
    deciders: rows('deciders'),
    events: rows('events'),
    views: rows('views'),
    locks: rows('locks'),
    drawn: rows<{ last_value: number }>('events_offset_seq')[0]!.last_value,
  };
}

/** The events in groups, each by offset. */
export function grouped(
  events: readonly EventRow[],
  key: (event: EventRow) => string,
): Map<string, readonly EventRow[]> {
  const groups = new Map<string, EventRow[]>();
  for (const event of events) groups.set(key(event), [...(groups.get(key(event)) ?? []), event]);
  return groups;
}
export const byPartition = ({ decider_id }: EventRow) => decider_id;
export const byStream = ({ decider_id, decider }: EventRow) => JSON.stringify([decider_id, decider]);

export const lockOf = ({ locks }: Contents, view: unknown, decider_id: unknown) =>
  locks.find((lock) => lock.view === view && lock.decider_id === decider_id);

/** One statement, alone or of a transaction, with the states on either side of it. */
export interface Executed<Command = EventStoreStatement> {
  readonly command: Command;
  readonly before: EventStoreState;
  readonly after: EventStoreState;
  readonly now: Instant;
  readonly result: Result;
}

/** The statements that a step is, up to the first that is refused. */
export function statementsOf({ machine }: Release, { command, now, uuid, ...step }: Step): Executed[] {
  if (command.type !== 'transaction') return [{ command, now, ...step }];
  const executed: Executed[] = [];
  let before = step.before;
  for (const each of command.commands) {
    const { state: after, result } = machine.transition(before, each, { now, uuid });
    executed.push({ command: each, before, after, now, result });
    if (!result.ok) break;
    before = after;
  }
  return executed;
}

/** Tallies what a law has met on its way, for a law that meets nothing says nothing. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(what: string, times = 1): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
  }

  /** Fails where one of these was met less often than so many times. */
  expect(least: number, ...what: string[]): void {
    const rare = what.filter((each) => (this.#counts.get(each) ?? 0) < least);
    expect(rare, `met fewer than ${least} times among ${JSON.stringify([...this.#counts])}`).toEqual([]);
  }
}
