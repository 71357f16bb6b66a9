/** What there is to work on, and what names random commands use. */
import type { Arbitrary } from 'fast-check';
import { isReady } from '../../../model/dag-cascade/draft.ts';
import {
  type DagCascadeState,
  type FlowRun,
  isFlowTask,
  type Task,
} from '../../../model/dag-cascade/state.ts';
import { fc } from '../../contract/fast-check.ts';

export const flowNames = ['f', 'g'];
export const nodeNames = ['a', 'b', 'c', 'd', 'e'];
export const nul = 'a\0b';
/** A target with tasks that end with their statement, one whose tasks are finished by a call, and one that nobody can reach. */
export const targets = { plain: 't', asynchronous: 'u', unreachable: 'v' } as const;
export const unknownId = 99;

/** The one mostly, the other once in so many times. */
export const mostly = <T, U>(usual: Arbitrary<T>, odd: Arbitrary<U>, often = 15): Arbitrary<T | U> =>
  fc.oneof({ weight: often, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Samples in which the orchestrator is started again when its tables are to be maintained. */
export const isKept = (character: number): boolean => character < 0.05;
/** Samples in which tasks are often finished from elsewhere between their end and the round that would see it. */
export const isHasty = (character: number): boolean => character > 0.68 && character < 0.75;

export interface Scene {
  readonly state: DagCascadeState;
  readonly now: number;
  /** 0 <= x < 1, the same for the whole sample. */
  readonly character: number;
  /** Whether targets, nodes and the orchestrator change much while tasks run. */
  readonly isRestless: boolean;
  readonly open: readonly Task[];
  readonly done: readonly Task[];
  /** Those that are open, and whose statement starts a flow. */
  readonly parents: readonly Task[];
  /** Ids of those that run in the background. */
  readonly busy: readonly number[];
  /** Those that wait to be run, and whose node has another target by now. */
  readonly moved: readonly Task[];
  /** Whether steps wait that run before such a node, and elsewhere. */
  readonly isOvertaken: boolean;
  /** Of those that run, those that are over all the same. */
  readonly overAtWork: readonly Task[];
  readonly flows: readonly FlowRun[];
  /** Of those that are open, those that wait for a call to finish them, or for their steps. */
  readonly yielded: readonly Task[];
  /** Of those that are open and run, those whose statement has ended, which nobody has seen yet. */
  readonly ended: readonly Task[];
  /** Whether there is a target that a node can have. */
  readonly hasTargets: boolean;
}

const isMoved = ({ nodes }: DagCascadeState, task: Task): boolean => {
  const { processed, target, task_data: data } = task;
  return processed === null && isReady(task) && isFlowTask(data) && nodes.get(data.node)?.target !== target;
};

/** Whether a statement of it runs, of any worker. */
export const isRunning = ({ busy, workers, connections }: DagCascadeState, task_id: number): boolean =>
  busy.get(String(task_id))?.some((slot) => connections.get(workers.get(slot)!.name)?.is_busy) === true;

export const isParent = ({ query }: Task): boolean => query?.startsWith('SELECT flow.create_flow') === true;

const overtakes = (step: Task, node: Task): boolean =>
  step.processed === null &&
  isReady(step) &&
  step.priority < node.priority &&
  step.target !== node.target &&
  isFlowTask(step.task_data) &&
  isFlowTask(node.task_data) &&
  step.task_data.flow_id === node.task_data.flow_id &&
  step.task_data.node === node.task_data.node;

export function sceneOf(state: DagCascadeState, now: number, character: number): Scene {
  const tasks = state.tasks.values();
  const busy = [...state.busy.keys()].map(Number).sort((a, b) => a - b);
  const moved = tasks.filter((task) => isMoved(state, task));
  const atWork = busy.map((id) => state.tasks.get(id)).filter((task) => task !== undefined);
  return {
    state,
    now,
    character,
    isRestless: character > 0.8,
    open: tasks.filter(({ processed }) => processed === null),
    done: tasks.filter(({ processed }) => processed !== null),
    parents: tasks.filter((task) => task.processed === null && task.consumed !== null && isParent(task)),
    busy,
    moved,
    isOvertaken: moved.some((node) => tasks.some((step) => overtakes(step, node))),
    overAtWork: atWork.filter(({ processed }) => processed !== null),
    yielded: tasks.filter(({ processed, yielded }) => processed === null && yielded !== null),
    ended: atWork.filter(({ processed, task_id }) => processed === null && !isRunning(state, task_id)),
    flows: state.flows.values(),
    hasTargets: state.targets.has(targets.plain),
  };
}
