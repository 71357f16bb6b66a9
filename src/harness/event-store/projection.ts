/** The model's store as the tables of its schema. */
import type { IdType } from '../../model/event-store/ids.ts';
import { eventRow } from '../../model/event-store/outcome.ts';
import { viewRow } from '../../model/event-store/register-view.ts';
import type { EventStoreState, StoredEvent } from '../../model/event-store/state.ts';
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';
import { observationOf } from '../lockstep/observation.ts';
import { keyOf } from './keys.ts';
import { ranked } from './transaction-ranks.ts';

export const projectAs =
  (idType: IdType) =>
  (state: EventStoreState): Observation =>
    observationOf(tablesOf(state, idType), keyOf);

function* tablesOf(state: EventStoreState, idType: IdType): Generator<readonly [string, Row[]]> {
  const { deciders, events, subscriptions, last_offset } = state;
  yield ['public.deciders', [...deciders.values()].flat().map((row) => ({ ...row }))];
  const rows = [...events.values()].map((event) => rowOf(event, idType));
  yield ['public.events', idType === 'text' ? ranked(rows) : rows];
  yield ['public.views', [...subscriptions.values()].map(({ view }) => viewRow(view))];
  yield [
    'public.locks',
    [...subscriptions.values()].flatMap(({ locks }) => locks.values().map((row) => ({ ...row }))),
  ];
  yield ['public.events_offset_seq', [{ last_value: last_offset }]];
}

const rowOf = (event: StoredEvent, idType: IdType): Row =>
  idType === 'text' ? { ...eventRow(event), transaction_id: event.transaction } : eventRow(event);
