/** Executors drawn: the states of their machines, coloured by how far they are. */
import type { Row } from '../../model/kernel/transition.ts';
import type { MachineJson, StateJson } from '../../model/state-machine/shared/definition.ts';
import type { Drawing, DrawnGraph, DrawnRun, DrawnState, DrawnStatus } from '../contract/drawing.ts';
import type { Observation } from '../contract/observation.ts';

const rowsOf = (observation: Observation, table: string): readonly Row[] =>
  observation.get(`asl.${table}`) ?? [];

export const fornextDrawing: Drawing = {
  graphs: (observation) => rowsOf(observation, 'machines').map(graphOf),
  runs: (observation) => rowsOf(observation, 'executors').map((executor) => runOf(executor, observation)),
  queues: () => [],
  columnType: (column) => (column === 'due' ? 'instant' : isJson.has(column) ? 'jsonb' : 'other'),
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
  const nodes = new Map<string, DrawnState>();
  const own = rowsOf(observation, 'activities').filter((each) => each.executor === executor);
  const last = new Set(own.slice(-1).map(({ id }) => id));
  for (const { id, state_name, max, done } of own) {
    const isOver = status === 'done' || (!last.has(id) && (max === null || done === max));
    const state = isOver ? ('completed' as const) : ('started' as const);
    nodes.set(`${state_name}`, { status: state, note: max === null ? '' : `${done} of ${max}` });
  }
  return { id: `${executor}`, graph: `${machine}`, status: statuses[`${status}`]!, nodes };
}
