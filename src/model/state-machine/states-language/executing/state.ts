/** What executions hold: their queues, what they entered, their tasks and timers. */
import { IndexedTree } from '../../../kernel/indexed-tree.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../../kernel/jsonb.ts';
import { type Owner, PersistentMap } from '../../../kernel/persistent-map.ts';
import type { Circumstances } from '../../../kernel/transition.ts';
import {
  type PgmqDraft,
  type PgmqState,
  draftOf as pgmqDraftOf,
  stateOf as pgmqStateOf,
} from '../../../pgmq/state.ts';
import { withTaskQueue } from '../../shared/task-queue.ts';
import type { MachineJson, StateJson } from '../language/definition.ts';
import type { Language } from '../language/language.ts';
import type { Happening } from './happenings.ts';
import type { Answer } from './jsonata.ts';

/** A row of `asl.machines`. */
export interface Machine {
  readonly machine: string;
  readonly definition: MachineJson;
  /** Its states and all that are nested in them, by name. */
  readonly states: ReadonlyMap<string, StateJson>;
}

/** By name; no column tells them. */
type Variables = Readonly<Record<string, Jsonb>>;

export type ExecutionStatus =
  | ('Pending' | 'Running' | 'Completing' | 'Succeeded' | 'Failed')
  | ('TimedOut' | 'Canceling' | 'Canceled' | 'Deleting');
export type ActivityStatus = 'Running' | 'Retrying' | 'Succeeded' | 'Failed' | 'Caught' | 'Aborted';
export type PartStatus = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Aborted';

interface Ended {
  readonly output: Jsonb;
}
interface Failed {
  readonly error: string | null;
  readonly cause: string | null;
}
export type End = Ended | Failed;

/** What messages carry, by kind. */
export interface Payloads {
  StartExecution: Record<never, never>;
  StartState: {
    readonly activity_id: string;
    /** Left out at the top. */
    readonly part_id?: string;
    readonly state_name: string;
    readonly input: Jsonb;
  };
  RetryState: { readonly activity_id: string; readonly attempt: number };
  EndWait: { readonly activity_id: string };
  EndTask: { readonly task_id: string } & End;
  EndPart: { readonly part_id: string } & End;
  EndExecution: End;
  TimeOutExecution: Record<never, never>;
  CancelExecution: Record<never, never>;
  DeleteExecution: Record<never, never>;
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

/** How far a Parallel or a Map is, in its current attempt. */
export interface Progress {
  readonly all: number;
  readonly started: number;
  readonly over: number;
  readonly failed: number;
}

/** A row of `asl.activities`: a state that was entered. */
export interface Activity {
  readonly id: string;
  readonly part_id: string | null;
  readonly state_name: string;
  readonly input: Jsonb;
  readonly status: ActivityStatus;
  readonly attempts: number;
  /** How often each retrier has tried again. */
  readonly retries: readonly number[];
  readonly entered_at: Instant;
  /** The id of its timer, where it waits for one. */
  readonly timer: number | undefined;
  readonly progress: Progress | undefined;
}

/** A row of `asl.parts`: a branch of a Parallel, or an iteration of a Map. */
export interface Part {
  readonly id: string;
  readonly activity_id: string;
  readonly kind: 'branch' | 'iteration';
  readonly index: number;
  readonly input: Jsonb;
  /** Of an iteration. */
  readonly item: NullableJsonb;
  readonly status: PartStatus;
  readonly output: NullableJsonb;
  /** How many states were entered in it. */
  readonly activities: number;
  readonly variables: Variables;
}

/** A row of `asl.tasks`: one that somebody works on. */
export interface Task {
  readonly id: string;
  readonly execution: number;
  readonly activity_id: string;
  readonly msg_id: number;
  /** Seconds. */
  readonly heartbeat: number | null;
  readonly timers: Readonly<Partial<Record<'timeout' | 'heartbeat', number>>>;
}

/** A row of `asl.timers`. */
export interface Timer {
  readonly timer_id: number;
  readonly execution: number;
  /** Of the activity, the task or the execution. */
  readonly id: string;
  readonly kind: 'wait' | 'retry' | 'timeout' | 'heartbeat' | 'execution';
  readonly due: Instant;
}

/** A row of `asl.executions`, and what is its own. */
export interface Execution {
  readonly execution: number;
  readonly machine: string;
  readonly status: ExecutionStatus;
  readonly input: Jsonb;
  readonly output: NullableJsonb;
  readonly error: string | null;
  readonly cause: string | null;
  readonly started_at: Instant;
  readonly stopped_at: Instant | null;
  /** How many states were entered in it, but for those within others. */
  readonly activities: number;
  /** The share of its delay that a retry with jitter waits, in thousandths. */
  readonly jitter: number;
  readonly timer: number | undefined;
  readonly variables: Variables;
  /** By `message_id`. */
  readonly queue: IndexedTree<Message>;
  readonly entered: PersistentMap<Activity>;
  readonly parts: PersistentMap<Part>;
}

export interface StatesLanguageState {
  readonly machines: PersistentMap<Machine>;
  readonly executions: IndexedTree<Execution>;
  readonly lastExecution: number;
  readonly lastMessage: number;
  readonly tasks: PersistentMap<Task>;
  /** By `timer_id`, measured by `due`. */
  readonly timers: IndexedTree<Timer>;
  readonly lastTimer: number;
  readonly pgmq: PgmqState;
}

export const initialState: StatesLanguageState = {
  machines: PersistentMap.empty(),
  executions: IndexedTree.empty(),
  lastExecution: 0,
  lastMessage: 0,
  tasks: PersistentMap.empty(),
  timers: IndexedTree.empty((timer) => timer.due),
  lastTimer: 0,
  pgmq: withTaskQueue,
};

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The private copy of the state that one command edits. */
export interface Draft extends Omit<Writable<StatesLanguageState>, 'pgmq'> {
  readonly pgmq: PgmqDraft;
  readonly now: Instant;
  readonly owner: Owner;
  readonly reached: string[];
  readonly happenings: Happening[];
  readonly language: Language;
  /** What expressions came to, in the order in which they were asked for, and how many of them were used. */
  answers: readonly Answer[];
  answered: number;
  readonly circumstances: Circumstances;
  /** How many uuids were drawn. */
  drawn: number;
}

export const draftOf = (
  state: StatesLanguageState,
  circumstances: Circumstances,
  language: Language,
): Draft => ({
  machines: state.machines,
  executions: state.executions,
  lastExecution: state.lastExecution,
  lastMessage: state.lastMessage,
  tasks: state.tasks,
  timers: state.timers,
  lastTimer: state.lastTimer,
  pgmq: pgmqDraftOf(state.pgmq, circumstances.now),
  now: circumstances.now,
  circumstances,
  drawn: 0,
  owner: {},
  reached: [],
  happenings: [],
  answers: [],
  answered: 0,
  language,
});

export const stateOf = (draft: Draft): StatesLanguageState => ({
  machines: draft.machines,
  executions: draft.executions,
  lastExecution: draft.lastExecution,
  lastMessage: draft.lastMessage,
  tasks: draft.tasks,
  timers: draft.timers,
  lastTimer: draft.lastTimer,
  pgmq: pgmqStateOf(draft.pgmq),
});

/** An execution while it carries out a message. */
export interface Live extends Writable<Execution> {
  readonly draft: Draft;
}
