/** The private copy of the state that one command edits, plainly; nobody else sees it before the command is done. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { PersistentMap } from '../../kernel/persistent-map.ts';
import type { Circumstances } from '../../kernel/transition.ts';
import * as pgmq from '../../pgmq/state.ts';
import { asGiven, type DraftOf, type Writable } from '../shared/draft.ts';
import { withoutQueued, withQueued } from '../shared/queued-tasks.ts';
import type { AsDocumented } from './deviations.ts';
import type {
  Broadcast,
  PgflowState,
  QueuedTasks,
  Run,
  Step,
  StepState,
  StepTask,
  TaskKey,
  Worker,
} from './state.ts';

/** A run that a draft may edit; its rows are edited through `openState` and `openTask`. */
export type OpenRun = Writable<Omit<Run, 'step_states'>> & { step_states: StepState[] };
export type OpenState = Writable<Omit<StepState, 'tasks'>> & { tasks: StepTask[] };
export type OpenTask = Writable<StepTask>;

export interface Draft extends DraftOf<Step, Run, AsDocumented> {
  workers: PersistentMap<Worker>;
  queuedTasks: PersistentMap<QueuedTasks>;
  broadcasts: IndexedTree<Broadcast>;
  lastBroadcast: number;
  readonly events: Broadcast[];
  /** Rows that were copied for this draft alone. */
  readonly opened: Set<object>;
}

export function draftOf(state: PgflowState, circumstances: Circumstances, asDocumented: AsDocumented): Draft {
  const queue = pgmq.draftOf(state.pgmq, circumstances.now);
  return {
    flows: state.flows,
    runs: state.runs,
    workers: state.workers,
    queuedTasks: state.queuedTasks,
    broadcasts: state.broadcasts,
    lastBroadcast: state.lastBroadcast,
    events: [],
    pgmq: queue,
    now: circumstances.now,
    uuid: circumstances.uuid,
    order: circumstances.order ?? asGiven,
    asDocumented,
    owner: queue.owner,
    opened: new Set(),
    reached: [],
  };
}

export function stateOf(draft: Draft): PgflowState {
  const { flows, runs, workers, queuedTasks, broadcasts, lastBroadcast } = draft;
  return { flows, runs, workers, queuedTasks, broadcasts, lastBroadcast, pgmq: pgmq.stateOf(draft.pgmq) };
}

/** The run, open for editing in this draft; what is edited afterwards is part of the draft's state. */
export function openRun(draft: Draft, run_id: string | null): OpenRun | undefined {
  const run = run_id === null ? undefined : draft.runs.get(run_id);
  if (!run || draft.opened.has(run)) return run as OpenRun | undefined;
  const open = copyOfRun(run);
  draft.opened.add(open);
  draft.runs = draft.runs.set(open.run_id, open, draft.owner);
  return open;
}

/** A run that begins, open as well. */
export function addRun(draft: Draft, run: OpenRun): void {
  draft.opened.add(run);
  draft.runs = draft.runs.set(run.run_id, run, draft.owner);
}

/** The state of a step, open for editing; what is edited afterwards is part of the run. */
export function openState(draft: Draft, run: OpenRun, index: number): OpenState {
  const state = run.step_states[index]!;
  if (draft.opened.has(state)) return state as OpenState;
  const open = copyOfState(state);
  draft.opened.add(open);
  run.step_states[index] = open;
  return open;
}

/** A task of a state that is open, likewise. */
export function openTask(state: OpenState, task_index: number): OpenTask {
  const open = copyOfTask(state.tasks[task_index]!);
  state.tasks[task_index] = open;
  return open;
}

// Written out: what a spread makes keeps its fields in two places, and every command makes several.

const copyOfRun = (run: Run): OpenRun => ({
  run_id: run.run_id,
  flow_slug: run.flow_slug,
  status: run.status,
  input: run.input,
  output: run.output,
  remaining_steps: run.remaining_steps,
  started_at: run.started_at,
  completed_at: run.completed_at,
  failed_at: run.failed_at,
  step_states: run.step_states.slice(),
});

const copyOfState = (state: StepState): OpenState => ({
  step_slug: state.step_slug,
  status: state.status,
  remaining_tasks: state.remaining_tasks,
  remaining_deps: state.remaining_deps,
  initial_tasks: state.initial_tasks,
  error_message: state.error_message,
  created_at: state.created_at,
  started_at: state.started_at,
  completed_at: state.completed_at,
  failed_at: state.failed_at,
  tasks: state.tasks.slice(),
});

const copyOfTask = (task: StepTask): OpenTask => ({
  message_id: task.message_id,
  status: task.status,
  attempts_count: task.attempts_count,
  error_message: task.error_message,
  output: task.output,
  queued_at: task.queued_at,
  started_at: task.started_at,
  completed_at: task.completed_at,
  failed_at: task.failed_at,
  last_worker_id: task.last_worker_id,
});

/** Position of the step's state in the run; below 0 where it has none, as a step that was added later. */
export function indexOfState(run: Run | OpenRun, step_slug: string | null): number {
  return run.step_states.findIndex((state) => state.step_slug === step_slug);
}

/** The type of a step of the run's flow, as it is defined now. */
export function stepOf(draft: Draft, flow_slug: string, step_slug: string | null) {
  return draft.flows.get(flow_slug)!.steps.find((step) => step.step_slug === step_slug);
}

export function enqueue(draft: Draft, flow_slug: string, message_id: number, key: TaskKey): void {
  const tasks = draft.queuedTasks.get(flow_slug) ?? IndexedTree.empty<readonly TaskKey[]>();
  putQueued(draft, flow_slug, withQueued(tasks, message_id, key, draft.owner));
}

export function dequeue(draft: Draft, flow_slug: string, message_id: number, key: TaskKey): void {
  const tasks = draft.queuedTasks.get(flow_slug);
  putQueued(draft, flow_slug, withoutQueued(tasks, message_id, key, draft.owner));
}

function putQueued(draft: Draft, flow_slug: string, tasks: QueuedTasks): void {
  draft.queuedTasks = draft.queuedTasks.set(flow_slug, tasks, draft.owner);
}
