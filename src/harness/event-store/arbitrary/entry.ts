/** The next command of a random trace, weighed by what there is to work on, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { EventStoreCommand, EventStoreStatement } from '../../../model/event-store/commands.ts';
import type { IdType } from '../../../model/event-store/ids.ts';
import { eventStoreText, eventStoreUuid } from '../../../model/event-store/machine.ts';
import type { EventStoreState } from '../../../model/event-store/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import { fc } from '../../contract/fast-check.ts';
import { appendEvent, insertEvent } from './event.ts';
import { deciderIds, deciders, events, noUuid, nul, type Scene, sceneOf } from './scene.ts';
import * as view from './view.ts';
import { arbitraryWait } from './wait.ts';

type Statements = Arbitrary<EventStoreStatement>;

const machines = { uuid: eventStoreUuid, text: eventStoreText };

export const arbitraryEntryOf =
  (idType: IdType) =>
  ({ state, now, character }: GenerationContext<EventStoreState>) =>
    fc.record({
      wait: arbitraryWait(now, state),
      command: fc.oneof(
        { weight: 9, arbitrary: arbitraryStatement(sceneOf(state, now, idType), character) },
        { weight: 1, arbitrary: arbitraryTransaction(sceneOf(state, now, idType), character) },
      ) as Arbitrary<EventStoreCommand>,
    });

/** Statements that see what those before them did, at the same instant. */
function arbitraryTransaction(scene: Scene, character: number): Arbitrary<EventStoreCommand> {
  const { idType, now } = scene;
  const more = (state: EventStoreState, count: number): Arbitrary<EventStoreStatement[]> =>
    arbitraryStatement(sceneOf(state, now, idType), character).chain((command) => {
      if (count === 1) return fc.constant([command]);
      const after = machines[idType].transition(state, command, { now, uuid: '' }).state;
      return more(after, count - 1).map((rest) => [command, ...rest]);
    });
  return fc
    .integer({ min: 1, max: 4 })
    .chain((count) => more(scene.state, count))
    .map((commands) => ({ type: 'transaction', commands }));
}

/** Some samples are about many views, some about one; few about what operators do by hand. */
function arbitraryStatement(scene: Scene, character: number): Statements {
  const { registered, stored, locks } = scene;
  const fewViews = character < 0.6 ? 1 : 3;
  const byHand = character > 0.8 ? 6 : 1;
  const when = (condition: boolean, weight: number) => (condition ? weight : 0);
  const proposals: readonly (readonly [number, (scene: Scene) => Statements])[] = [
    [registered.length === 0 ? 60 : registered.length < 3 ? 12 : 2, registerDeciderEvent],
    [when(registered.length > 0, 36), appendEvent],
    [registered.length > 0 ? 6 : 2, insertEvent],
    [when(stored.length > 0, 2), getEvents],
    [when(stored.length > 0, 3), getLastEvent],
    [scene.views.length < fewViews ? 12 : 2, view.registerView],
    [scene.views.length > 0 ? 26 : 1, view.streamEvents],
    [locks.length > 0 ? 16 : 1, view.ackEvent],
    [locks.length > 0 ? 5 : 1, view.nackEvent],
    [locks.length > 0 ? 4 : 1, view.scheduleNackEvent],
    [when(scene.views.length > 0, 1 + byHand), view.updateView],
    [byHand, view.deleteView],
    [byHand, againstTheRules],
    [when(character > 0.8, stored.length > 0 ? 2 : 1), () => fc.constant({ type: 'truncate_events' })],
  ];
  return fc.oneof(
    ...proposals
      .filter(([weight]) => weight > 0)
      .map(([weight, draw]) => ({ weight, arbitrary: draw(scene) })),
  );
}

function registerDeciderEvent(): Statements {
  const version = fc.constantFrom<object>({}, {}, {}, { v_event_version: 1 }, { v_event_version: 2 });
  const odd = fc.constantFrom<object>(
    { v_decider: null },
    { v_event: null },
    { v_description: null },
    { v_event_version: null },
    { v_decider: nul },
  );
  return fc
    .record({
      v_decider: fc.constantFrom(...deciders),
      v_event: fc.constantFrom(...events),
      version,
      fault: fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: odd }),
    })
    .map(({ v_decider, v_event, version, fault }) => ({
      ...{ type: 'register_decider_event', v_decider, v_event, v_description: 'd', ...version, ...fault },
    })) as Statements;
}

function streamKey({ idType }: Scene) {
  const odd = fc.constantFrom<object>({ v_decider_id: null }, { v_decider_id: noUuid }, { v_decider: nul });
  return fc
    .record({
      v_decider_id: fc.constantFrom(...deciderIds[idType]),
      v_decider: fc.constantFrom<string | null>(...deciders, ...deciders, null),
      fault: fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: odd }),
    })
    .map(({ fault, ...key }) => ({ ...key, ...fault }));
}

const getEvents = (scene: Scene): Statements =>
  streamKey(scene).map((key) => ({ type: 'get_events', ...key }));
const getLastEvent = (scene: Scene): Statements =>
  streamKey(scene).map((key) => ({ type: 'get_last_event', ...key }));

/** What the rules keep from happening. */
function againstTheRules({ stored }: Scene): Statements {
  const returning = fc.constantFrom<object>({}, {}, { returning: false }, { returning: true });
  const event_id = fc.constantFrom<string | null>(
    ...stored.map((each) => each.event_id),
    ...stored.map((each) => each.event_id),
    null,
    noUuid,
    nul,
  );
  const decider = fc.constantFrom<string | null>(...deciders, ...deciders, null, nul);
  const final = fc.constantFrom(true, null);
  const description = fc.constantFrom('other', null);
  return fc
    .tuple(
      fc.oneof(
        fc.record({ type: fc.constant('update_event'), event_id, final }),
        fc.record({ type: fc.constant('delete_event'), event_id }),
        fc.record({ type: fc.constant('update_decider'), decider, description }),
        fc.record({ type: fc.constant('delete_decider'), decider }),
      ),
      returning,
    )
    .map(([command, more]) => ({ ...command, ...more })) as Statements;
}
