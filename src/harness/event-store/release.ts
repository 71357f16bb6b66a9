/** The event store for the harness, with uuids or text as ids of deciders. */
import * as z from 'zod';
import { type EventStoreCommand, eventStoreCommand } from '../../model/event-store/commands.ts';
import type { AsDocumented } from '../../model/event-store/deviations.ts';
import type { IdType } from '../../model/event-store/ids.ts';
import { eventStoreAsDocumented, eventStoreText, eventStoreUuid } from '../../model/event-store/machine.ts';
import type { EventStoreState } from '../../model/event-store/state.ts';
import { callsOf } from '../../sql/event-store/calls.ts';
import { installEventStore } from '../../sql/event-store/install.ts';
import { observeEventStore, readEventStore } from '../../sql/event-store/observe.ts';
import { resetEventStore } from '../../sql/event-store/reset.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { TestedRelease } from '../contract/engine.ts';
import { observationOf } from '../lockstep/observation.ts';
import { readEquivalents } from '../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../trace/psql-script.ts';
import { arbitraryEntryOf } from './arbitrary/entry.ts';
import { columnsOf } from './columns.ts';
import { eventStoreDrawing } from './drawing.ts';
import { withoutEntriesOn } from './follow-offsets.ts';
import { keyOf } from './keys.ts';
import { projectAs } from './projection.ts';
import { readStoreResult } from './results.ts';
import { simpler } from './simpler.ts';
import { ranked } from './transaction-ranks.ts';

type EventStore = TestedRelease<EventStoreState, EventStoreCommand>;

function underTest(idType: IdType): EventStore {
  const call = callsOf(idType);
  const machine = idType === 'uuid' ? eventStoreUuid : eventStoreText;
  const release: EventStore = {
    engine: 'event-store',
    release: idType,
    machine,
    parseCommand: (value) => eventStoreCommand.parse(value),
    commandJsonSchema: () => z.toJSONSchema(eventStoreCommand, { unrepresentable: 'any' }),
    project: projectAs(idType),
    columns: columnsOf(idType),
    asDocumented: (names) => ({
      ...release,
      machine: eventStoreAsDocumented(idType, names as AsDocumented),
    }),

    installation: async ({ migrations, schema }) => {
      if (migrations !== undefined)
        throw new SetupError(
          'an event store has no migrations: remove --migrations, and name a file of SQL with --schema',
        );
      return installEventStore(idType, schema);
    },
    call,
    observe: observeEventStore,
    readObservation: (results) => observationOf(withRanks(readEventStore(results)), keyOf),
    readResult: readStoreResult,
    reset: resetEventStore,

    // Whatever gives more than one row is ordered by offset; the statements of a transaction are in their order.
    comparison: { key: keyOf, resultIsOrdered: () => true, loose: [] },
    order: () => (members) => members,

    arbitraryEntry: arbitraryEntryOf(idType),
    samplesInAll: 240,
    simplify: simpler,
    without: withoutEntriesOn(machine),
    // Nothing here draws one.
    uuid: () => '00000000-0000-4000-8000-000000000000',
    drawsUuid: () => false,
    toPsql: (trace) => psqlScript(trace, (command) => statementsOf(call(command))),
    drawing: eventStoreDrawing,
    mutation: {
      schema: 'public',
      // Functions whose signature has no id in it are the same in both schemas, and so are their mutants.
      get equivalents() {
        return ['equivalent-mutants.json', `equivalent-mutants-${idType}.json`].flatMap((name) =>
          readEquivalents(new URL(name, import.meta.url)),
        );
      },
    },
  };
  return release;
}

export const eventStoreUuidUnderTest = underTest('uuid');
export const eventStoreTextUnderTest = underTest('text');

function withRanks(tables: Map<string, Record<string, unknown>[]>): Map<string, Record<string, unknown>[]> {
  const events = tables.get('public.events') ?? [];
  if (events[0] && 'transaction_id' in events[0]) tables.set('public.events', ranked(events));
  return tables;
}
