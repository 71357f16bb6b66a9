/** Words for stories about flows of the DAG cascade: commands in short, and what the state of the model has in rows. */
import { dagCascadeUnderTest } from '../../src/harness/dag-cascade/release.ts';
import type { DagCascadeCommand, NodeJson } from '../../src/model/dag-cascade/commands.ts';
import { type FlowTask, isFlows, isNode } from '../../src/model/dag-cascade/draft.ts';
import {
  type DagCascadeState,
  type FinishRequest,
  type FlowRun,
  isFlowTask,
  type Task,
} from '../../src/model/dag-cascade/state.ts';
import * as general from './play.ts';

export type Step = general.Executed<DagCascadeState, DagCascadeCommand>;

export const release = dagCascadeUnderTest;
export const newStage = () => new general.Stage<DagCascadeState, DagCascadeCommand>(release);
export const play = (script: readonly (DagCascadeCommand | general.Wait)[]) => general.play(release, script);

/** `t`, whose tasks end with their statement, and `u`, whose tasks wait to be finished. */
export const start: readonly DagCascadeCommand[] = [
  {
    type: 'configure',
    _configuration: {
      targets: [
        { target: 't', connection_string: 'host=somewhere', max_concurrency: 3 },
        { target: 'u', connection_string: 'host=somewhere', max_concurrency: 3, asynchronous_finish: true },
      ],
    },
  },
  { type: 'start_orchestrator' },
];

export const configureFlow = (...nodes: NodeJson[]): DagCascadeCommand => ({
  ...{ type: 'configure_flow', _flow_name: 'f', _configuration: { nodes } },
});
export const createFlow: DagCascadeCommand = { type: 'create_flow', _flow: 'f' };
export const doWork: DagCascadeCommand = { type: 'do_work' };
export const ends = (task_id: number, error: string | null = null): DagCascadeCommand => ({
  ...{ type: 'task_ends', task_id, error },
});
export const finish = (task_id: number, _failed = false): DagCascadeCommand => ({
  ...{ type: 'finish', task_id, _failed },
});
export const pushSteps = (_node: string, ..._arguments: number[]): DagCascadeCommand => ({
  ...{ type: 'push_steps', _flow_id: 1, _node, _arguments },
});
/** A node of the target `t`, below these parents; after a question mark, their failure does not matter. */
export const node = (name: string, parents: readonly string[] = [], more: NodeJson = {}): NodeJson => ({
  node: name,
  target: 't',
  dependencies: parents.map((parent) => ({
    parent: parent.replace('?', ''),
    continue_on_failure: parent.endsWith('?'),
  })),
  ...more,
});

/** All that belong to flows, by id. */
export const tasksIn = ({ tasks }: DagCascadeState): FlowTask[] => tasks.values().filter(isFlows);

export const isOfNode = ({ task_data }: FlowTask) => isNode(task_data.step_arguments);

export const nodeTask = (state: DagCascadeState, flow_id: number, node: string): FlowTask | undefined =>
  tasksIn(state).find(
    (task) => isOfNode(task) && task.task_data.flow_id === flow_id && task.task_data.node === node,
  );

export const stepsOf = (state: DagCascadeState, { task_data: { flow_id, node } }: FlowTask): FlowTask[] =>
  tasksIn(state).filter(
    (task) => !isOfNode(task) && task.task_data.flow_id === flow_id && task.task_data.node === node,
  );

export const parentsOf = (run: FlowRun, node: string) =>
  run.dependencies.filter(({ child }) => child === node);

/** Those that are there after a step, and were not before. */
export const newTasks = ({ before, after }: Step): FlowTask[] =>
  tasksIn(after).filter(({ task_id }) => !before.tasks.get(task_id));

/** Requests that wait to finish the task, each time that one names it. */
export const requestsFor = (state: DagCascadeState, task_id: number): FinishRequest[] =>
  state.tasks
    .values()
    .filter(({ processed }) => processed === null)
    .map(({ task_data }) => task_data)
    .filter((data): data is FinishRequest => !isFlowTask(data))
    .flatMap((request) => request.task_ids.filter((id) => id === task_id).map(() => request));

/** With another row in the place of one of the same id. */
export const withTask = (state: DagCascadeState, task: Task): DagCascadeState => ({
  ...state,
  tasks: state.tasks.set(task.task_id, task),
});
