/** Executions drawn: the states of their machines, coloured by how far they are, with their branches and iterations. */
import type { Row } from '../../../model/kernel/transition.ts';
import type {
  MachineJson,
  StateJson,
} from '../../../model/state-machine/states-language/language/definition.ts';
import { nestedIn } from '../../../model/state-machine/states-language/language/scopes.ts';
import type { Drawing, DrawnGraph, DrawnRun, DrawnState, DrawnStatus } from '../../contract/drawing.ts';
import type { Observation } from '../../contract/observation.ts';

const rowsOf = (observation: Observation, table: string): readonly Row[] =>
  observation.get(`asl.${table}`) ?? [];

export const statesLanguageDrawing: Drawing = {
  graphs: (observation) => rowsOf(observation, 'machines').map(graphOf),
  runs: (observation) => rowsOf(observation, 'executions').map((execution) => runOf(execution, observation)),
  queues: () => [],
  columnType: (column) => (isInstant.has(column) ? 'instant' : isJson.has(column) ? 'jsonb' : 'other'),
};

const isInstant: ReadonlySet<string> = new Set(['due', 'started_at', 'stopped_at', 'entered_at']);
const isJson: ReadonlySet<string> = new Set(['definition', 'input', 'output', 'item', 'payload']);

function graphOf({ machine, definition }: Row): DrawnGraph {
  const nodes: { id: string; kind: string }[] = [];
  const edges: { from: string; to: string }[] = [];
  collect(definition as MachineJson, nodes, edges);
  return { id: `${machine}`, nodes, edges };
}

function collect(
  { States }: MachineJson,
  nodes: { id: string; kind: string }[],
  edges: { from: string; to: string }[],
): void {
  for (const [id, state] of Object.entries(States)) {
    nodes.push({ id, kind: state.Type });
    for (const to of followers(state)) edges.push({ from: id, to });
    // What is nested hangs on what it is nested in.
    for (const { machine } of nestedIn(id, state)) {
      edges.push({ from: id, to: machine.StartAt! });
      collect(machine, nodes, edges);
    }
  }
}

const followers = ({ Next, Choices = [], Default, Catch = [] }: StateJson): string[] => [
  ...new Set(
    [Next, ...Choices.map((choice) => choice.Next), Default, ...Catch.map((catcher) => catcher.Next)].filter(
      (name) => name !== undefined,
    ),
  ),
];

const runStatuses: Readonly<Record<string, DrawnStatus>> = {
  Pending: 'created',
  Succeeded: 'completed',
  Failed: 'failed',
  TimedOut: 'failed',
  Canceled: 'skipped',
};
const statuses: Readonly<Record<string, DrawnStatus>> = {
  Running: 'started',
  Retrying: 'started',
  Succeeded: 'completed',
  Caught: 'failed',
  Failed: 'failed',
  Aborted: 'skipped',
};
/** Of a state that was entered several times, the status that shows: the first of these that one of its activities has. */
const order = ['Running', 'Retrying', 'Failed', 'Caught', 'Succeeded', 'Aborted'];

function runOf({ execution, machine, status }: Row, observation: Observation): DrawnRun {
  const own = (table: string) => rowsOf(observation, table).filter((each) => each.execution === execution);
  const parts = own('parts');
  const activities = own('activities');
  const nodes = new Map<string, DrawnState>();
  for (const name of new Set(activities.map(({ state_name }) => `${state_name}`))) {
    const entered = activities.filter(({ state_name }) => state_name === name);
    const shown = order.find((each) => entered.some((activity) => activity.status === each))!;
    const ids = new Set(entered.map(({ id }) => id));
    const within = parts.filter(({ activity_id }) => ids.has(activity_id));
    nodes.set(name, { status: statuses[shown]!, note: noteOf(entered, within) });
  }
  return { id: `${execution}`, graph: `${machine}`, status: runStatuses[`${status}`] ?? 'started', nodes };
}

/** How often it was entered and tried, and how many of its parts have succeeded. */
function noteOf(activities: readonly Row[], parts: readonly Row[]): string {
  const tries = activities.reduce((sum, { attempts }) => sum + Number(attempts), 0);
  const done = parts.filter(({ status }) => status === 'Succeeded').length;
  return [
    ...(activities.length > 1 ? [`${activities.length} times`] : []),
    ...(tries > activities.length ? [`${tries} attempts`] : []),
    ...(parts.length > 0 ? [`${done} of ${parts.length}`] : []),
  ].join(', ');
}
