/** Two schemas of an event store held against each other. */
import type { IdType } from '../../model/event-store/ids.ts';
import type { Result, Row } from '../../model/kernel/transition.ts';
import { installEventStore, tellIdType } from '../../sql/event-store/install.ts';
import { callsTable, observedSchemas } from '../../sql/event-store/observe.ts';
import type { AnyCommand } from '../contract/command.ts';
import { type DiffSupport, type Journal, journalOfCalls } from '../contract/diff.ts';

const releases: readonly IdType[] = ['uuid', 'text'];

/** A function that takes an id, so that it tells which type ids have. */
const getEvents = { type: 'get_events', v_decider_id: '', v_decider: '' };

/** A column by which a row is told to be one of the table. */
const marks = {
  'public.deciders': 'description',
  'public.events': 'event_id',
  'public.views': 'start_at',
  'public.locks': 'last_offset',
};

/** The statements of a transaction return rows of any table, each within a row of its own. */
function comparable(
  { type }: AnyCommand,
  result: Result,
  oneSided: (table: string) => ReadonlySet<string>,
): Result {
  if (!result.ok || type !== 'transaction') return result;
  const shared = (row: Row): Row => {
    const [table] = Object.entries(marks).find(([, mark]) => mark in row) ?? [];
    const columns = table === undefined ? undefined : oneSided(table);
    return columns ? Object.fromEntries(Object.entries(row).filter(([name]) => !columns.has(name))) : row;
  };
  return { ok: true, rows: result.rows.map((each) => ({ ...each, row: shared(each.row as Row) })) };
}

/** Those of a project: the store itself sends nothing. */
const broadcasts: Journal = {
  table: 'realtime.sent',
  id: 'id',
  kindOf: ({ event }) => String(event),
  payload: 'payload',
};

export const eventStoreDiff: DiffSupport = {
  releases: async () => releases,
  sameSql: (release) => releases.find((each) => each === release),
  source: 'file',
  installation: async (side, standIns) =>
    'release' in side
      ? installEventStore(side.release as IdType, undefined, standIns)
      : installEventStore(await tellIdType(side.path), side.path, standIns),
  schemas: observedSchemas,
  vocabularies: [
    { release: 'text', needs: [getEvents] },
    { release: 'uuid', needs: [] },
  ],
  remarks: (can, names) => {
    const [from, to] = [can('from', getEvents), can('to', getEvents)];
    if (from === to) return [];
    const [uuid, text] = from ? [names.to, names.from] : [names.from, names.to];
    return [
      `ids of deciders are uuids in ${uuid} and text in ${text}. Commands with such an id cannot be compared, so there is little to compare`,
    ];
  },
  kindOf: (table) => table,
  tables: ['public.deciders', 'public.views', 'public.events', 'public.locks', 'public.events_offset_seq'],
  // Rules keep events as they are, and triggers change what refers to them.
  unguarded: {
    begin: { text: 'set session_replication_role = replica' },
    end: { text: 'set session_replication_role = origin' },
  },
  journals: [journalOfCalls(callsTable), broadcasts],
  leftOut: [],
  comparable,
  mayRefuseEither: () => false,
  mayDrawIds: () => false,
  align: () => [],
};
