/** Two installations of pgflow's SQL held against each other: what can be asked of both, and what is the database's choice. */
import type { Result } from '../../model/kernel/transition.ts';
import type { Query } from '../../sql/driver.ts';
import { asOrigin, asReplica } from '../../sql/installed-state.ts';
import { installPgflow } from '../../sql/pgflow/install.ts';
import { packagedReleases } from '../../sql/pgflow/migrations.ts';
import { callsTable, observedSchemas } from '../../sql/pgflow/observe.ts';
import { positionOf } from '../../sql/pgflow/releases.ts';
import type { AnyCommand } from '../contract/command.ts';
import { type DiffSupport, journalOfCalls } from '../contract/diff.ts';
import type { Observation } from '../contract/observation.ts';
import { canonical } from '../lockstep/difference.ts';
import { isQueue } from '../pgmq/script.ts';

/** The second phase of polling; releases that have it hand out no task without. */
const startTasks = { type: 'start_tasks', flow_slug: null, msg_ids: null, worker_id: null };

/** Releases that came without a migration, by the one before them. */
const withoutMigration: Readonly<Record<string, string>> = {
  '0.1.21': '0.1.20',
  '0.1.22': '0.1.20',
  '0.1.23': '0.1.20',
  '0.2.0': '0.1.20',
  '0.2.1': '0.1.20',
  '0.2.2': '0.1.20',
  '0.2.3': '0.1.20',
  '0.2.5': '0.2.4',
  '0.2.6': '0.2.4',
  '0.4.1': '0.4.0',
  '0.5.0': '0.4.3',
  '0.5.1': '0.4.3',
  '0.5.2': '0.4.3',
  '0.6.1': '0.6.0',
  '0.7.1': '0.7.0',
  '0.7.3': '0.7.2',
  '0.8.0': '0.8.1',
  '0.9.0': '0.8.1',
  '0.9.1': '0.8.1',
};

export const pgflowDiff: DiffSupport = {
  releases: packagedReleases,
  sameSql: (release) => {
    if (Object.hasOwn(withoutMigration, release)) return withoutMigration[release];
    return positionOf(release) >= 0 ? release : undefined;
  },
  source: 'directory',
  installation: (side, standIns) =>
    installPgflow({ ...('release' in side ? side : { migrations: side.path }), standIns }),
  schemas: observedSchemas,
  vocabularies: [
    { release: '0.8.1', needs: [startTasks] },
    { release: '0.1.20', needs: [] },
  ],
  remarks: (can, names) => {
    const [from, to] = [can('from', startTasks), can('to', startTasks)];
    if (from === to) return [];
    const [one, two] = from ? [names.to, names.from] : [names.from, names.to];
    return [
      `${one} polls in one call. ${two} polls in two calls (a read, then start_tasks), and its poll in one call returns nothing. So there is little to compare beyond defining and starting a flow`,
    ];
  },
  // A queue may be called as if it were the sequence of another.
  kindOf: (table, rows) =>
    table.replace(/^pgmq\.([qa])_.*$/, isQueue(table, rows) ? 'pgmq.$1_*' : 'pgmq.$1_*_seq'),
  tables: [
    'pgflow.flows',
    'pgflow.steps',
    'pgflow.deps',
    'pgflow.workers',
    'pgflow.runs',
    'pgflow.step_states',
    'pgflow.step_tasks',
    'pgmq.meta',
    'pgmq.q_*',
    'pgmq.a_*',
    'pgmq.q_*_seq',
  ],
  journals: [
    {
      table: 'realtime.sent',
      id: 'id',
      kindOf: ({ payload, event }) =>
        String((payload as { event_type?: unknown } | null)?.event_type ?? event),
      payload: 'payload',
    },
    journalOfCalls(callsTable),
  ],
  leftOut: [
    { table: 'realtime.sent_id_seq', reason: 'counts the broadcasts, which are compared one by one' },
  ],
  comparable,
  // The delay of a task beyond an integer, and two tasks for one message: of several tasks, one may have either fault.
  mayRefuseEither: ({ type }, ...refusals) =>
    type === 'poll_for_tasks' && refusals.every(({ sqlstate }) => ['21000', '22003'].includes(sqlstate)),
  mayDrawIds: ({ type }) => drawing.has(type),
  align,
};

const drawing: ReadonlySet<string> = new Set([
  'start_flow',
  'start_flow_with_states',
  'complete_task',
  'start_ready_steps',
]);

/** `get_run_with_states` and the start that returns the same have the run and its steps as they are in their tables. */
function comparable(
  { type }: AnyCommand,
  result: Result,
  oneSided: (table: string) => ReadonlySet<string>,
): Result {
  if (!result.ok || (type !== 'get_run_with_states' && type !== 'start_flow_with_states')) return result;
  const [runs, states] = [oneSided('pgflow.runs'), oneSided('pgflow.step_states')];
  const rows = result.rows.map((row) => {
    const value = row[type] as { run: object; steps: object[] } | undefined;
    // What is replaced may answer anything.
    if (!Array.isArray(value?.steps) || value.steps.some(isNoObject) || isNoObject(value.run)) return row;
    const steps = value.steps.map((step) => withoutKeys(step, states));
    return { ...row, [type]: { run: withoutKeys(value.run, runs), steps } };
  });
  return { ok: true, rows };
}

const isNoObject = (value: unknown) => typeof value !== 'object' || value === null;

const withoutKeys = (value: object, keys: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));

interface Message {
  readonly msg_id: number;
  readonly message: unknown;
}

/** Steps that start together send their messages in an order that no ORDER BY promises. */
function align(before: Observation, from: Observation, to: Observation): readonly Query[] {
  const queries: Query[] = [];
  for (const [table, rows] of to) {
    if (!table.startsWith('pgmq.q_') || !isQueue(table, rows)) continue;
    // A queue may have more messages than a function may have arguments.
    const last = messagesIn(before, table).reduce((most, { msg_id }) => Math.max(most, msg_id), 0);
    const drawn = (all: readonly Message[]) => all.filter(({ msg_id }) => msg_id > last);
    const moves = movesBetween(drawn(messagesIn(from, table)), drawn(rows as unknown as Message[]));
    if (moves.length > 0) queries.push(...moving(table, moves));
  }
  // No trigger of a project's takes part in what is no work of its own.
  return queries.length === 0 ? [] : [asReplica, ...queries, asOrigin];
}

const messagesIn = (observation: Observation, table: string) =>
  (observation.get(table) ?? []) as unknown as readonly Message[];

interface Move {
  readonly message: unknown;
  readonly from: number;
  readonly to: number;
}

/** Which message has to get which id; none where both have the same ids for the same messages, or for others. */
function movesBetween(wanted: readonly Message[], found: readonly Message[]): Move[] {
  if (wanted.length < 2 || wanted.length !== found.length) return [];
  const idOf = new Map(wanted.map(({ msg_id, message }) => [canonical(message), msg_id]));
  const moves: Move[] = [];
  for (const { msg_id, message } of found) {
    const to = idOf.get(canonical(message));
    if (to === undefined || !found.some((other) => other.msg_id === to)) return [];
    if (to !== msg_id) moves.push({ message, from: msg_id, to });
  }
  return moves;
}

/** An identity column takes no other value, so the messages change places and keep nothing but their ids. */
function moving(table: string, moves: readonly Move[]): Query[] {
  const [schema, name] = [table.slice(0, 4), table.slice(5)];
  const queue = `${schema}."${name.replaceAll('"', '""')}"`;
  const places = moves.map(({ from, to }) => `(${from}::bigint, ${to}::bigint)`).join(', ');
  const tasks = moves.map(({ message, to }) => {
    const { run_id, step_slug, task_index } = message as Record<string, unknown>;
    return { run_id, step_slug, task_index, message_id: to };
  });
  return [
    {
      text: `update ${queue} as place set message = moved.message, headers = moved.headers, vt = moved.vt
        from (values ${places}) as moves("from", "to") join ${queue} as moved on moved.msg_id = moves."from"
        where place.msg_id = moves."to"`,
    },
    {
      text: `update pgflow.step_tasks set message_id = moves.message_id
        from jsonb_to_recordset($1::jsonb)
          as moves(run_id uuid, step_slug text, task_index integer, message_id bigint)
        where (step_tasks.run_id, step_tasks.step_slug, step_tasks.task_index)
          = (moves.run_id, moves.step_slug, moves.task_index)`,
      params: [JSON.stringify(tasks)],
    },
  ];
}
