/** Executors drawn: the states of their machines, coloured by how far they are. */
import type { Row } from '../../../model/kernel/transition.ts';
import type { MachineJson, StateJson } from '../../../model/state-machine/shared/definition.ts';
import type { Drawing, DrawnGraph, DrawnRun, DrawnState, DrawnStatus } from '../../contract/drawing.ts';
import type { Observation } from '../../contract/observation.ts';
import { columnType, drawQueues, tableTitle } from '../../pgmq/drawing.ts';

const rowsOf = (observation: Observation, table: string): readonly Row[] =>
  observation.get(`asl.${table}`) ?? [];

export const fornextDrawing: Drawing = {
  graphs: (observation) => rowsOf(observation, 'machines').map(graphOf),
  runs: (observation) => rowsOf(observation, 'executors').map((executor) => runOf(executor, observation)),
  queues: (observation) => drawQueues(observation, (message) => `task ${(message as Row).task_id}`),
  tableTitle,
  columnType: (column) => (column === 'due' ? 'instant' : isJson.has(column) ? 'jsonb' : columnType(column)),
};

const isJson: ReadonlySet<string> = new Set(['definition', 'input', 'output', 'outputs', 'payload']);

function graphOf({ machine, definition }: Row): DrawnGraph {
  const nodes: { id: string; kind: string }[] = [];
  const edges: { from: string; to: string }[] = [];
  collect(definition as MachineJson, nodes, edges);
  const ids = new Set(nodes.map(({ id }) => id));
  return { id: `${machine}`, nodes, edges: edges.filter(({ to }) => ids.has(to)) };
}

function collect(
  { States }: MachineJson,
  nodes: { id: string; kind: string }[],
  edges: { from: string; to: string }[],
): void {
  for (const [id, state] of Object.entries(States)) {
    nodes.push({ id, kind: state.Type ?? '' });
    for (const to of followers(state)) edges.push({ from: id, to });
    // What is nested hangs on what it is nested in.
    for (const inner of [...(state.Branches ?? []), ...(state.ItemProcessor ? [state.ItemProcessor] : [])]) {
      if (inner.StartAt != null) edges.push({ from: id, to: inner.StartAt });
      collect(inner, nodes, edges);
    }
  }
}

const followers = ({ Next, Choices, Default }: StateJson): string[] =>
  [Next, ...(Choices ?? []).map((choice) => choice.Next), Default].filter((name) => name != null);

const statuses: Readonly<Record<string, DrawnStatus>> = {
  running: 'started',
  done: 'completed',
  panicked: 'failed',
  deadlocked: 'failed',
};

function runOf({ executor, machine, status }: Row, observation: Observation): DrawnRun {
  const own = (table: string) => rowsOf(observation, table).filter((each) => each.executor === executor);
  const open = openIn(own, observation.get('pgmq.q_tasks') ?? [], executor);
  const nodes = new Map<string, DrawnState>();
  for (const { id, state_name, max, done } of own('activities')) {
    const isOpen = open.has(`${id}`) || (max !== null && Number(done) < Number(max));
    const name = `${state_name}`;
    const note = max === null ? '' : `${done} of ${max}`;
    // Of a state that was started several times, one that is open counts.
    if (isOpen || !nodes.has(name)) nodes.set(name, { status: isOpen ? 'started' : 'completed', note });
  }
  return { id: `${executor}`, graph: `${machine}`, status: statuses[`${status}`]!, nodes };
}

/** Ids of activities that somebody works on: a message is about them, or a task of theirs is not over. */
function openIn(
  own: (table: string) => readonly Row[],
  tasks: readonly Row[],
  executor: unknown,
): ReadonlySet<string> {
  const activities = new Map(own('tasks').map(({ id, activity_id }) => [id, activity_id]));
  const queued = tasks.map(({ message }) => message as Row).filter((task) => task.executor === executor);
  const payloads = own('messages').map(({ payload }) => payload as Row);
  return new Set(
    [...queued, ...own('sleeps'), ...payloads].map(
      ({ activity_id, task_id }) => `${activity_id ?? activities.get(task_id)}`,
    ),
  );
}
