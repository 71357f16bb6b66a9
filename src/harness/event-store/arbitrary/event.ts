/** Events appended or put in by hand: mostly the next of a stream, else with one thing wrong about them. */
import type { Arbitrary } from 'fast-check';
import type { AppendEvent, EventStoreStatement, InsertEvent } from '../../../model/event-store/commands.ts';
import { arbitraryJson } from '../../contract/arbitrary-json.ts';
import { fc } from '../../contract/fast-check.ts';
import { commandId, deciderIds, deciders, eventId, events, noUuid, nul, type Scene } from './scene.ts';

/** The columns of an event. */
type Columns = Omit<InsertEvent, 'type' | 'final'>;

export function appendEvent(scene: Scene): Arbitrary<EventStoreStatement> {
  return arbitraryColumns(scene).map(
    ({
      event,
      event_id,
      decider,
      decider_id,
      data,
      command_id,
      previous_id,
      event_version,
    }): AppendEvent => ({
      type: 'append_event',
      v_event: event,
      v_event_id: event_id,
      v_decider: decider,
      v_decider_id: decider_id,
      ...(data === undefined ? {} : { v_data: data }),
      v_command_id: command_id,
      v_previous_id: previous_id,
      ...(event_version === undefined ? {} : { v_event_version: event_version }),
    }),
  );
}

/** A third of them are final. */
export function insertEvent(scene: Scene): Arbitrary<EventStoreStatement> {
  const final = fc.constantFrom<{ final?: boolean | null }>(
    {},
    { final: false },
    { final: true },
    { final: true },
    { final: true },
    { final: null },
  );
  // Far fewer than appends, and as many faults to show.
  return fc
    .tuple(arbitraryColumns(scene, 4), final)
    .map(([columns, more]) => ({ type: 'insert_event', ...columns, ...more }));
}

/** `faulty` for each four that are not. */
function arbitraryColumns(scene: Scene, faulty = 1): Arbitrary<Columns> {
  return nextEvent(scene).chain((next) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(next) },
      { weight: faulty, arbitrary: withFault(next, scene) },
    ),
  );
}

/** The next of a stream that is there, or the first of one that is not. */
function nextEvent({ state, idType, registered, stored }: Scene): Arbitrary<Columns> {
  const known = registered.length > 0 ? registered : [{ decider: deciders[0]!, event: events[0]! }];
  // Registered by name and version: the version that a kind has is not always the default.
  const kinds = [...state.deciders.values()].flat();
  return fc
    .record({
      kind: fc.constantFrom(...known),
      decider_id: fc.constantFrom(...deciderIds[idType]),
      data: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom({}, { a: 1 }) },
        { weight: 1, arbitrary: arbitraryJson },
      ),
    })
    .map(({ kind: { decider, event }, decider_id, data }) => {
      const previous = stored.findLast((each) => each.decider === decider && each.decider_id === decider_id);
      const versions = kinds.filter((each) => each.decider === decider && each.event === event);
      const version = versions.some(({ event_version }) => event_version === 1)
        ? {}
        : { event_version: versions[0]?.event_version ?? 1 };
      return {
        event,
        event_id: eventId(state.last_offset + 1),
        decider,
        decider_id,
        data,
        command_id: commandId,
        previous_id: previous?.event_id ?? null,
        ...version,
      };
    });
}

const written = (id: string) => fc.constantFrom(id.toUpperCase(), `{${id}}`, id.replaceAll('-', ''));

function withFault(next: Columns, { stored }: Scene): Arbitrary<Columns> {
  const others = fc.constantFrom(eventId(0xfff), ...stored.map(({ event_id }) => event_id));
  const ofStream = stored.filter(
    ({ decider, decider_id }) => decider === next.decider && decider_id === next.decider_id,
  );
  const fault = <K extends keyof Columns>(column: K, values: Arbitrary<Columns[K]>) =>
    values.map((value) => ({ ...next, [column]: value }));
  return fc.oneof(
    { weight: 3, arbitrary: fault('previous_id', fc.constant(null)) },
    { weight: 4, arbitrary: fault('previous_id', others) },
    {
      weight: 2,
      arbitrary: fault('previous_id', fc.constantFrom(null, ...ofStream.map(({ event_id }) => event_id))),
    },
    { weight: 3, arbitrary: fault('event_id', others) },
    { weight: 1, arbitrary: fault('event_id', fc.constantFrom(null, noUuid, nul)) },
    // The same id, written in another way.
    { weight: 2, arbitrary: fault('event_id', written(next.event_id!)) },
    { weight: 2, arbitrary: fault('event', fc.constantFrom<string | null>(...events, 'none', null, nul)) },
    {
      weight: 2,
      arbitrary: fault('decider', fc.constantFrom<string | null>(...deciders, 'none', null, null, nul)),
    },
    { weight: 2, arbitrary: fault('decider_id', fc.constantFrom<string | null>(null, noUuid, nul)) },
    { weight: 1, arbitrary: fault('data', fc.constant(undefined)) },
    { weight: 1, arbitrary: fault('command_id', fc.constantFrom(null, null, noUuid, nul)) },
    { weight: 2, arbitrary: fault('event_version', fc.constantFrom<number | null>(1, 2, 9, null)) },
    // Two faults at once: which of them is told first.
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        { ...next, previous_id: null, event: null },
        { ...next, event: 'none', event_id: stored[0]?.event_id ?? next.event_id },
        { ...next, command_id: null, event: null },
        { ...next, previous_id: stored[0]?.event_id ?? null, event_id: stored[0]?.event_id ?? null },
      ),
    },
  );
}
