/** What executors hold: their queues, their stores, their clocks. */

import { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../kernel/jsonb.ts';
import { type Owner, PersistentMap } from '../../kernel/persistent-map.ts';
import {
  type PgmqDraft,
  type PgmqState,
  draftOf as pgmqDraftOf,
  stateOf as pgmqStateOf,
} from '../../pgmq/state.ts';
import type { MachineJson, StateJson } from '../shared/definition.ts';
import { withTaskQueue } from '../shared/task-queue.ts';
import type { AsDocumented } from './deviations.ts';

export interface Machine {
  readonly machine: string;
  readonly definition: MachineJson;
  /** Its states and all that are nested in them, by name. */
  readonly states: ReadonlyMap<string, StateJson>;
}

interface OfActivity {
  readonly activity_id: string;
}
interface Began {
  readonly execution_id: string;
  readonly state_name: string;
  readonly parent_branch_id?: string;
  readonly parent_iteration_id?: string;
  readonly input: Jsonb;
}
interface OfBranch {
  readonly branch_id: string;
}
interface OfIteration {
  readonly iteration_id: string;
}
interface Output {
  readonly output: Jsonb;
}
interface Part extends OfActivity {
  readonly index: number;
  readonly input: Jsonb;
}

/** What messages carry, by kind. Those whose name is in the past tense are events, with which nothing is done. */
export interface Payloads {
  StartExecution: { readonly id: string; readonly input: Jsonb; readonly timestamp: string };
  ExecutionStarted: { readonly id: string };
  StartState: OfActivity & Began;
  StateStarted: OfActivity;
  CreateTask: OfActivity & { readonly id: string; readonly resource: string; readonly input: Jsonb };
  TaskCreated: { readonly id: string };
  CompleteTask: { readonly task_id: string } & Output;
  TaskCompleted: { readonly task_id: string };
  CompleteState: OfActivity & Output;
  StateCompleted: OfActivity;
  StartBranch: OfBranch & Part;
  BranchStarted: OfBranch;
  CompleteBranch: OfBranch & Output;
  BranchCompleted: OfBranch;
  StartIteration: OfIteration & Part;
  IterationStarted: OfIteration;
  CompleteIteration: OfIteration & Output;
  IterationCompleted: OfIteration;
  CompleteExecution: Output;
}
export type MessageKind = keyof Payloads;
/** A row of `asl.messages`. */
export type Message = {
  readonly [Kind in MessageKind]: {
    readonly message_id: number;
    readonly kind: Kind;
    readonly payload: Payloads[Kind];
  };
}[MessageKind];

/** A row of `asl.executions`. */
export interface Execution {
  readonly id: string;
  readonly input: Jsonb;
  /** Surprise: it stays `Running`; anything else is what is documented. */
  readonly status: 'Running' | 'Failed';
  readonly timestamp: string;
  readonly workflow_id: string;
}

/** A row of `asl.activities`: a state that was started. */
export interface Activity extends Began {
  readonly id: string;
  /** Of a Parallel or a Map: how many branches or iterations there are, how many are done, and what came of these. */
  readonly max: number | null;
  readonly done: number | null;
  readonly outputs: readonly Jsonb[] | undefined;
  /** Of which part each output is, which no column tells. */
  readonly places: readonly number[];
}

/** A row of `asl.branches`. */
export interface Branch extends Part {
  readonly id: string;
}
/** A row of `asl.iterations`. */
export interface Iteration extends OfActivity {
  readonly id: string;
  readonly index: number;
}
/** A row of `asl.tasks`. */
export interface Task extends OfActivity {
  readonly id: string;
  /** Whether it has ended, which no column tells. */
  readonly isOver: boolean;
}
/** A row of `asl.sleeps`: the task of a Wait. */
export interface Sleep {
  readonly sleep_id: number;
  readonly executor: number;
  readonly task_id: string;
  readonly input: Jsonb;
  readonly due: Instant;
}

/** The hybrid logical clock: seconds since 1970, and a count within them. */
export interface Clock {
  readonly wall: number;
  readonly logical: number;
}

export type Status = 'running' | 'done' | 'panicked' | 'deadlocked';

/** A row of `asl.executors`, and what is its own. */
export interface Executor extends Clock {
  readonly executor: number;
  readonly machine: string;
  /** Resources that somebody carries out; null: all. */
  readonly handlers: readonly string[] | null;
  readonly status: Status;
  readonly words: string | null;
  readonly output: NullableJsonb;
  /** By `message_id`. */
  readonly queue: IndexedTree<Message>;
  readonly executions: PersistentMap<Execution>;
  readonly activities: PersistentMap<Activity>;
  readonly branches: PersistentMap<Branch>;
  readonly iterations: PersistentMap<Iteration>;
  readonly tasks: PersistentMap<Task>;
}

export interface FornextState {
  readonly machines: PersistentMap<Machine>;
  readonly executors: IndexedTree<Executor>;
  readonly lastMessage: number;
  /** By `sleep_id`, measured by `due`. */
  readonly sleeps: IndexedTree<Sleep>;
  readonly lastSleep: number;
  readonly pgmq: PgmqState;
}

export const initialState: FornextState = {
  machines: PersistentMap.empty(),
  executors: IndexedTree.empty(),
  lastMessage: 0,
  sleeps: IndexedTree.empty((sleep) => sleep.due),
  lastSleep: 0,
  pgmq: withTaskQueue,
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The private copy of the state that one command edits. */
export interface Draft extends Omit<Writable<FornextState>, 'pgmq'> {
  readonly pgmq: PgmqDraft;
  readonly now: Instant;
  readonly owner: Owner;
  readonly reached: string[];
  readonly documented: AsDocumented;
}

export const draftOf = (state: FornextState, now: Instant, documented: AsDocumented): Draft => ({
  ...state,
  pgmq: pgmqDraftOf(state.pgmq, now),
  now,
  owner: {},
  reached: [],
  documented,
});

export const stateOf = (draft: Draft): FornextState => ({
  machines: draft.machines,
  executors: draft.executors,
  lastMessage: draft.lastMessage,
  sleeps: draft.sleeps,
  lastSleep: draft.lastSleep,
  pgmq: pgmqStateOf(draft.pgmq),
});

/** An executor while it carries out a message. */
export interface Live extends Writable<Executor> {
  readonly draft: Draft;
}
