/** A store drawn: each event after the one before it, how far each view has come, and when it may read on. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Drawing, DrawnGraph, DrawnQueue, DrawnRun, DrawnState } from '../contract/drawing.ts';
import type { Observation } from '../contract/observation.ts';

const jsonbColumns: ReadonlySet<string> = new Set(['data', 'row']);

export const eventStoreDrawing: Drawing = {
  graphs,
  runs,
  queues,
  columnType: (column) => {
    if (jsonbColumns.has(column)) return 'jsonb';
    // Of the columns that end so, this one is a timestamp without zone, which is shown as it is printed.
    const isInstant = column === 'locked_until' || (column.endsWith('_at') && column !== 'start_at');
    return isInstant ? 'instant' : 'other';
  },
};

const rowsOf = (observation: Observation, table: string): readonly Row[] =>
  observation.get(`public.${table}`) ?? [];

const nameOf = ({ offset, event }: Row) => `${offset} ${event}`;

/** Streams are chains in one graph of all events. */
function graphs(observation: Observation): readonly DrawnGraph[] {
  const events = rowsOf(observation, 'events');
  if (events.length === 0) return [];
  const byId = new Map(events.map((event) => [event.event_id, event]));
  return [
    {
      id: 'events',
      nodes: events.map((event) => ({ id: nameOf(event), kind: event.final ? 'final' : '' })),
      edges: events.flatMap((event) => {
        const previous = byId.get(event.previous_id);
        return previous ? [{ from: nameOf(previous), to: nameOf(event) }] : [];
      }),
    },
  ];
}

/** What a view has acknowledged is completed, what it was given is started. */
function runs(observation: Observation): readonly DrawnRun[] {
  const events = rowsOf(observation, 'events');
  if (events.length === 0) return [];
  return rowsOf(observation, 'views').map(({ view }) => {
    const locks = new Map(
      rowsOf(observation, 'locks')
        .filter((lock) => lock.view === view)
        .map((lock) => [lock.decider_id, lock]),
    );
    return {
      id: String(view),
      graph: 'events',
      status: 'started',
      nodes: new Map(
        events.map((event) => [nameOf(event), stateOf(event, locks.get(event.decider_id), events)]),
      ),
    };
  });
}

function stateOf(event: Row, lock: Row | undefined, events: readonly Row[]): DrawnState {
  const note = `${event.decider} ${event.decider_id}`;
  if (!lock) return { status: 'created', note };
  const last = Number(lock.last_offset);
  if (Number(event.offset) <= last) return { status: 'completed', note };
  const next = events.find(
    ({ decider_id, offset }) => decider_id === event.decider_id && Number(offset) > last,
  );
  const isHeld = Number(lock.locked_until) > Number(lock.updated_at);
  return { status: next === event && isHeld ? 'started' : 'created', note };
}

/** A lane for each view, with its locks in it. */
function queues(observation: Observation): readonly DrawnQueue[] {
  return rowsOf(observation, 'views').map(({ view }) => ({
    name: String(view),
    messages: rowsOf(observation, 'locks')
      .filter((lock) => lock.view === view)
      .map((lock) => ({
        id: String(lock.decider_id),
        label: `read up to ${lock.last_offset} of ${lock.offset}`,
        enqueuedAt: Number(lock.created_at),
        visibleAt: Number(lock.locked_until),
        reads: 0,
      })),
  }));
}
