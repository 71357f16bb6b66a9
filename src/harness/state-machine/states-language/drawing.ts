/** Executions drawn: the states of their machines, with branches and iterations unfolded, coloured by how far they are. */
import type { Row } from '../../../model/kernel/transition.ts';
import type {
  MachineJson,
  StateJson,
} from '../../../model/state-machine/states-language/language/definition.ts';
import { nestedIn } from '../../../model/state-machine/states-language/language/scopes.ts';
import type { Drawing, DrawnGraph, DrawnRun, DrawnState, DrawnStatus } from '../../contract/drawing.ts';
import type { Observation } from '../../contract/observation.ts';
import { columnType, drawQueues, tableTitle } from '../../pgmq/drawing.ts';

const rowsOf = (observation: Observation, table: string): readonly Row[] =>
  observation.get(`asl.${table}`) ?? [];

export const statesLanguageDrawing: Drawing = {
  graphs: (observation) =>
    rowsOf(observation, 'executions').map((execution) => unfolded(execution, observation).graph),
  runs: (observation) =>
    rowsOf(observation, 'executions').map((execution) => unfolded(execution, observation).run),
  queues: (observation) => drawQueues(observation, (message) => `task ${(message as Row).task_id}`),
  tableTitle,
  columnType: (column) => (column === 'due' ? 'instant' : isJson.has(column) ? 'jsonb' : columnType(column)),
};

const isJson: ReadonlySet<string> = new Set(['definition', 'input', 'output', 'item', 'payload']);

interface Drawn {
  readonly graph: DrawnGraph;
  readonly run: DrawnRun;
}

const runStatuses: Readonly<Record<string, DrawnStatus>> = {
  Pending: 'created',
  Succeeded: 'completed',
  Failed: 'failed',
  TimedOut: 'failed',
  Canceled: 'skipped',
};

function unfolded({ execution, machine, status }: Row, observation: Observation): Drawn {
  const definition = rowsOf(observation, 'machines').find((row) => row.machine === machine)!.definition;
  const own = (table: string) => rowsOf(observation, table).filter((each) => each.execution === execution);
  const unfolding = new Unfolding(own('activities'), own('parts'));
  unfolding.add(definition as MachineJson, new Set([null]), '');
  const id = `${machine} · ${execution}`;
  const { nodes, edges, states } = unfolding;
  return {
    graph: { id, nodes, edges },
    run: { id: `${execution}`, graph: id, status: runStatuses[`${status}`] ?? 'started', nodes: states },
  };
}

/** A machine as one execution has gone through it: what is nested is there once for each branch and each item. */
class Unfolding {
  readonly nodes: { id: string; kind: string }[] = [];
  readonly edges: { from: string; to: string }[] = [];
  readonly states = new Map<string, DrawnState>();
  readonly #activities: readonly Row[];
  readonly #parts: readonly Row[];

  constructor(activities: readonly Row[], parts: readonly Row[]) {
    this.#activities = activities;
    this.#parts = parts;
  }

  /** `scopes`: the parts in which these states are; `place` tells them from the same states elsewhere. */
  add({ States }: MachineJson, scopes: ReadonlySet<unknown>, place: string): void {
    const nameOf = (name: string) => `${name}${place}`;
    for (const [name, state] of Object.entries(States)) {
      const id = nameOf(name);
      const entered = this.#activities.filter((row) => row.state_name === name && scopes.has(row.part_id));
      const ids = new Set(entered.map((row) => row.id));
      const parts = this.#parts.filter((row) => ids.has(row.activity_id));
      this.nodes.push({ id, kind: state.Type });
      for (const to of followers(state)) this.edges.push({ from: id, to: nameOf(to) });
      if (entered.length > 0) this.states.set(id, stateOf(entered, parts));
      this.#addNested(id, name, state, parts, place);
    }
  }

  /** Branches are known from the beginning, items when the Map has begun. */
  #addNested(id: string, name: string, state: StateJson, parts: readonly Row[], place: string): void {
    const inner = nestedIn(name, state);
    const count =
      state.Type === 'Map' ? Math.max(-1, ...parts.map(({ index }) => Number(index))) + 1 : inner.length;
    for (let index = 0; index < count; index++) {
      const { machine } = inner[state.Type === 'Map' ? 0 : index]!;
      const within = `${place === '' ? ' ' : `${place}.`}${index}`;
      const scopes = new Set(parts.filter((row) => row.index === index).map((row) => row.id));
      this.edges.push({ from: id, to: `${machine.StartAt}${within}` });
      this.add(machine, scopes, within);
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

function stateOf(entered: readonly Row[], parts: readonly Row[]): DrawnState {
  const shown = order.find((each) => entered.some(({ status }) => status === each))!;
  return { status: statuses[shown]!, note: noteOf(entered, parts) };
}

/** How often it was entered and tried, and how many of its parts have succeeded. */
function noteOf(entered: readonly Row[], parts: readonly Row[]): string {
  const tries = entered.reduce((sum, { attempts }) => sum + Number(attempts), 0);
  const done = parts.filter(({ status }) => status === 'Succeeded').length;
  return [
    ...(entered.length > 1 ? [`${entered.length} times`] : []),
    ...(tries > entered.length ? [`${tries} attempts`] : []),
    ...(parts.length > 0 ? [`${done} of ${parts.length}`] : []),
  ].join(', ');
}
