/** The tables of pgasync and of the flows on top of it; a run with its tasks by node, so that no look-up walks all tasks. */
import { IndexedTree } from '../kernel/indexed-tree.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../kernel/jsonb.ts';
import { type Owner, PersistentMap } from '../kernel/persistent-map.ts';
import type { AsDocumented } from './deviations.ts';

export type FinishStatus =
  | 'FINISHED'
  | 'FAILED'
  | 'CANCELED'
  | 'PAUSED'
  | 'TIMED_OUT'
  | 'YIELDED'
  | 'DOA'
  | 'DEFERRED';
export type RunType = 'EXECUTE' | 'DOA' | 'EMPTY' | 'EXECUTE_NOASYNC';
/** Milliseconds. */
export type Interval = number;

/** The row of `async.control`, as far as a command changes it or reads it. */
export interface Control {
  readonly workers: number;
  readonly default_timeout: Interval;
  readonly self_concurrency: number;
  readonly default_concurrency_pool_workers: number;
  /** Of the orchestrator; null before it was started. */
  readonly running_since: Instant | null;
  readonly last_heavy_maintenance: Instant | null;
  readonly last_light_maintenance: Instant | null;
  /** Whether the session that executes the commands is the orchestrator. */
  readonly isStarted: boolean;
}

/** A row of `async.target`. */
export interface Target {
  readonly target: string;
  readonly max_concurrency: number | null;
  readonly connection_string: string | null;
  readonly asynchronous_finish: boolean | null;
  readonly default_timeout: Interval | null;
  readonly concurrency_track_yielded: boolean | null;
}

/** A row of `async.concurrency_pool_tracker`. */
export interface Tracker {
  readonly concurrency_pool: string;
  readonly workers: number;
  readonly max_workers: number;
}

/** A row of `async.worker`. */
export interface Worker {
  readonly slot: number;
  readonly name: string;
  readonly target: string | null;
  readonly task_id: number | null;
  readonly running_since: Instant | null;
}

/** What the stand-in for dblink keeps of a connection. */
export interface Connection {
  readonly is_busy: boolean;
  /** Null where nothing was sent or has ended; `OK`, or how it failed. */
  readonly outcome: string | null;
}

/** A row of `async.task`. */
export interface Task {
  readonly task_id: number;
  readonly target: string;
  readonly priority: number;
  readonly entered: Instant;
  readonly consumed: Instant | null;
  readonly processed: Instant | null;
  readonly yielded: Instant | null;
  readonly finish_status: FinishStatus | null;
  readonly source: string | null;
  readonly query: string | null;
  readonly failed: boolean | null;
  readonly processing_error: string | null;
  readonly asynchronous_finish: boolean | null;
  readonly times_up: Instant | null;
  readonly task_data: TaskData;
  readonly concurrency_pool: string;
  readonly manual_timeout: Interval | null;
  readonly tracked: boolean | null;
  readonly track_yielded: boolean | null;
  readonly eligible_when: Instant | null;
}

/** Of a node, a step, or a request to finish others, which waits for the orchestrator. */
export type TaskData = FlowTaskData | FinishRequest;
export interface FlowTaskData {
  readonly flow_id: number;
  readonly node: string;
  readonly step_arguments: Jsonb;
}
export interface FinishRequest {
  readonly task_ids: readonly (number | null)[];
  readonly status: FinishStatus;
  readonly error_message: string | null;
  /** As the request has it: an interval's text. */
  readonly duration: string | null;
}

/** A row of `flow.node`. */
export interface Node {
  readonly node: string;
  readonly target: string | null;
  readonly routine: string | null;
  readonly node_routine: string | null;
  readonly step_routine: string | null;
  readonly priority: number | null;
  readonly all_steps_must_complete: boolean;
  readonly empty: boolean;
  readonly steps_to_flow: string | null;
  readonly synchronous: boolean;
  readonly node_timeout: Interval | null;
  readonly step_timeout: Interval | null;
  /** Rows of `flow.step`, by the text of their arguments. */
  readonly steps: ReadonlyMap<string, Jsonb>;
}

/** What a flow is configured to be: its row, its nodes and their dependencies. */
export interface FlowConfiguration {
  readonly flow: string;
  readonly concurrency_group_routine: string | null;
  /** Rows of `flow.flow_node`: `terminate_on_failure` by node; null where no way from a root leads there. */
  readonly nodes: ReadonlyMap<string, boolean | null>;
  readonly dependencies: readonly Dependency[];
}

export interface Dependency {
  readonly parent: string;
  readonly child: string;
  readonly continue_on_failure: boolean;
}

/** A row of `flow.flow`, with its `flow.dependency` and its tasks. */
export interface FlowRun {
  readonly flow_id: number;
  readonly flow: string;
  readonly arguments: NullableJsonb;
  readonly created: Instant;
  readonly processed: Instant | null;
  readonly parent_task_id: number | null;
  readonly only_these_nodes: readonly (string | null)[] | null;
  readonly parent_flow_id: number | null;
  readonly count_nodes: number | null;
  readonly count_finished_nodes: number | null;
  readonly count_failed_nodes: number | null;
  readonly first_error: string | null;
  readonly force_priority: number | null;
  readonly dependencies: readonly Dependency[];
  /** By node. */
  readonly nodes: PersistentMap<NodeRun>;
  /** How many of its tasks are not processed. */
  readonly openTasks: number;
}

/** The tasks of one node in one run. */
export interface NodeRun {
  readonly task_id: number | undefined;
  /** By the text of their arguments. */
  readonly steps: PersistentMap<number>;
  /** How many of the steps are not processed. */
  readonly openSteps: number;
  /** How many of the steps have failed. */
  readonly failedSteps: number;
}

export interface DagCascadeState {
  readonly control: Control;
  readonly targets: PersistentMap<Target>;
  /** `async.concurrency_pool`: its maximum, by name. */
  readonly pools: PersistentMap<{ readonly max_workers: number | null }>;
  readonly trackers: PersistentMap<Tracker>;
  /** By slot. */
  readonly workers: IndexedTree<Worker>;
  /**
   * The slots of those that work, by the id of their task. Surprise: several, where a task was over while its statement ran, and was run
   * again.
   */
  readonly busy: PersistentMap<readonly number[]>;
  /** By name. */
  readonly connections: PersistentMap<Connection>;
  readonly tasks: IndexedTree<Task>;
  /** The ids of those that are not processed. */
  readonly open: IndexedTree<number>;
  readonly lastTask: number;
  readonly nodes: PersistentMap<Node>;
  readonly configurations: PersistentMap<FlowConfiguration>;
  readonly flows: IndexedTree<FlowRun>;
  /** The ids of those that are not processed. */
  readonly openFlows: IndexedTree<number>;
  /** The ids of those that a run or a task has started: `flow 1`, `task 1`. */
  readonly startedBy: PersistentMap<IndexedTree<number>>;
  readonly lastFlow: number;
  /** `flow.arguments`: what was asked for, by id. */
  readonly cachedArguments: IndexedTree<{ readonly arguments: NullableJsonb }>;
  readonly lastLatch: number;
}

export const selfTarget = 'async.self';
/** The one `concurrency_group_routine` that somebody has made: of each node, the pool has the name of the node. */
export const poolRoutine = 'pool_of_node';

export const initialState: DagCascadeState = {
  control: {
    workers: 100,
    default_timeout: 3_600_000,
    self_concurrency: 4,
    default_concurrency_pool_workers: 4,
    running_since: null,
    last_heavy_maintenance: null,
    last_light_maintenance: null,
    isStarted: false,
  },
  targets: PersistentMap.empty(),
  pools: PersistentMap.empty(),
  trackers: PersistentMap.empty(),
  workers: IndexedTree.empty(),
  busy: PersistentMap.empty(),
  connections: PersistentMap.empty(),
  tasks: IndexedTree.empty(),
  open: IndexedTree.empty(),
  lastTask: 0,
  nodes: PersistentMap.empty(),
  configurations: PersistentMap.empty(),
  flows: IndexedTree.empty(),
  openFlows: IndexedTree.empty(),
  startedBy: PersistentMap.empty(),
  lastFlow: 0,
  cachedArguments: IndexedTree.empty(),
  lastLatch: 0,
};

/** What fires when a task is written; handed over, since what fires writes tasks itself. */
export interface Triggers {
  /** Gives the row as it is to be written, or why it may not be. */
  before(draft: Draft, task: Task, before: Task | undefined): Task;
  /** After a statement that wrote these rows. */
  after(draft: Draft, task_ids: readonly number[]): void;
}

/** The private copy of the state that one command edits. */
export type Draft = { -readonly [Key in keyof DagCascadeState]: DagCascadeState[Key] } & {
  readonly now: Instant;
  readonly owner: Owner;
  readonly reached: string[];
  readonly triggers: Triggers;
  /** Whether the session that gives the command is the orchestrator's. */
  readonly isOrchestrator: boolean;
  /** Where the documentation is followed, and not the SQL. */
  readonly documented: AsDocumented;
  /** Whether somebody tells the order in which the SQL went through what it promises no order of. */
  readonly isTold: boolean;
  readonly order: (members: readonly string[], what: string) => readonly string[];
};

export const isFlowTask = (data: TaskData): data is FlowTaskData => 'flow_id' in data;
