/** What a command costs the model of the DAG cascade, by how many tasks are finished. */
import type { DagCascadeCommand } from '../src/model/dag-cascade/commands.ts';
import { dagCascade } from '../src/model/dag-cascade/machine.ts';
import type { DagCascadeState } from '../src/model/dag-cascade/state.ts';
import { median } from './statistics.ts';

export const finishedCounts: readonly number[] = [100, 100_000];

const startedAt = Date.UTC(2030, 0, 1);
const millisecondsPerRound = 400;
/** As many as run at once. */
const atOnce = 100;

/** One run from its start to its end, with what is looked at on the way. */
const kinds = [
  'create_flow',
  'do_work',
  'push_steps',
  'task_ends',
  'set_priority',
  'v_flow_node_status',
  'cancel',
  'restart_flow',
] as const;
type Kind = (typeof kinds)[number];

/** Microseconds a command. */
export type DagCosts = Readonly<Record<Kind, number>>;

export interface DagFigures {
  readonly finished: number;
  readonly microseconds: DagCosts;
}

interface Subject {
  readonly finished: number;
  readonly state: DagCascadeState;
}

const execute = (state: DagCascadeState, command: DagCascadeCommand, now: number): DagCascadeState => {
  const { state: after, result } = dagCascade.transition(state, command, { now, uuid: '' });
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return after;
};

const create: DagCascadeCommand = { type: 'create_flow', _flow: 'f', _arguments: { k: 1 } };
const work: DagCascadeCommand = { type: 'do_work' };

export function measureDagCascade(rounds: number): readonly DagFigures[] {
  const subjects = finishedCounts.map(populate);
  const measureAll = () => subjects.map(measure);
  measureAll();
  // Round by round, so that a slow moment does not fall on one of them alone.
  const measured = Array.from({ length: rounds }, measureAll);
  return subjects.map(({ finished }, i) => ({
    finished,
    microseconds: Object.fromEntries(
      kinds.map((kind) => [kind, median(measured.map((round) => round[i]![kind]))]),
    ) as DagCosts,
  }));
}

/** By kind, the cost with the most finished tasks to that with the fewest. */
export function ratiosOf(figures: readonly DagFigures[]): DagCosts {
  const [fewest, most] = [figures[0]!.microseconds, figures.at(-1)!.microseconds];
  return Object.fromEntries(kinds.map((kind) => [kind, most[kind] / fewest[kind]])) as DagCosts;
}

/** Runs of two nodes, all of them over. */
function populate(finished: number): Subject {
  const target = { target: 't', connection_string: '', max_concurrency: atOnce };
  const nodes = [
    { node: 'a', target: 't' },
    { node: 'b', target: 't', dependencies: [{ parent: 'a' }] },
  ];
  const begin: DagCascadeCommand[] = [
    { type: 'configure', _configuration: { targets: [target] } },
    { type: 'start_orchestrator' },
    { type: 'configure_flow', _flow_name: 'f', _configuration: { nodes } },
  ];
  let now = startedAt;
  let state = begin.reduce((before, command) => execute(before, command, now), dagCascade.initialState);
  const round = () => {
    state = execute(state, work, now);
    for (const id of [...state.busy.keys()].map(Number)) {
      state = execute(state, { type: 'task_ends', task_id: id, error: null }, now);
    }
    now++;
  };
  while (state.lastTask < finished) {
    for (let i = 0; i < Math.min(atOnce, finished / 2); i++) state = execute(state, create, now);
    // Both nodes run, and are finished in the round after.
    for (let i = 0; i < 3; i++) round();
  }
  return { finished, state };
}

function measure({ finished, state: populated }: Subject): DagCosts {
  const now = startedAt + 10_000_000;
  const nanoseconds = new Map<Kind, bigint>(kinds.map((kind) => [kind, 0n]));
  const counts = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
  const begun = performance.now();
  while (performance.now() - begun < millisecondsPerRound) {
    let state = populated;
    const time = (kind: Kind, command: DagCascadeCommand) => {
      const from = process.hrtime.bigint();
      state = execute(state, command, now);
      nanoseconds.set(kind, nanoseconds.get(kind)! + process.hrtime.bigint() - from);
      counts.set(kind, counts.get(kind)! + 1);
    };
    time('create_flow', create);
    const flow_id = state.lastFlow;
    time('do_work', work);
    time('push_steps', {
      type: 'push_steps',
      _flow_id: flow_id,
      _node: 'a',
      _arguments: [{ x: 1 }, { x: 2 }],
    });
    time('set_priority', { type: 'set_priority', _flow_id: flow_id, _priority: 5 });
    time('task_ends', { type: 'task_ends', task_id: populated.lastTask + 1, error: null });
    time('do_work', work);
    time('v_flow_node_status', { type: 'v_flow_node_status', flow_id });
    time('cancel', { type: 'cancel', _flow_id: flow_id });
    time('restart_flow', { type: 'restart_flow', _flow_id: flow_id, _node: 'a' });
  }
  if (finished > populated.lastTask) throw new Error(`${populated.lastTask} tasks, and not ${finished}`);
  return Object.fromEntries(
    kinds.map((kind) => [kind, Number(nanoseconds.get(kind)!) / 1000 / counts.get(kind)!]),
  ) as DagCosts;
}
