/** The tables of pgflow 0.8.1, nested by what belongs together: a flow with its steps, a run with its tasks. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../kernel/jsonb.ts';
import { PersistentMap } from '../../kernel/persistent-map.ts';
import * as pgmq from '../../pgmq/state.ts';
import type { FlowOf } from '../shared/flow.ts';

export type { Dependency } from '../shared/flow.ts';
export type Flow = FlowOf<Step>;

/** A row of `pgflow.steps`. Delays and timeouts are seconds. */
export interface Step {
  readonly step_slug: string;
  readonly step_type: 'single' | 'map';
  readonly step_index: number;
  readonly deps_count: number;
  readonly opt_max_attempts: number | null;
  readonly opt_base_delay: number | null;
  readonly opt_timeout: number | null;
  readonly opt_start_delay: number | null;
  readonly created_at: Instant;
}

/** A row of `pgflow.runs`, with its `step_states` in the order of their steps. */
export interface Run {
  readonly run_id: string;
  readonly flow_slug: string;
  readonly status: 'started' | 'failed' | 'completed';
  readonly input: Jsonb;
  readonly output: NullableJsonb;
  readonly remaining_steps: number;
  readonly started_at: Instant;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
  readonly step_states: readonly StepState[];
}

/** A row of `pgflow.step_states`, with the step's `step_tasks` by `task_index`: all of them begin at once. */
export interface StepState {
  readonly step_slug: string;
  readonly status: 'created' | 'started' | 'completed' | 'failed';
  /** Null before the step has started. */
  readonly remaining_tasks: number | null;
  readonly remaining_deps: number;
  /** Null for a map that waits for its dependency. */
  readonly initial_tasks: number | null;
  readonly error_message: string | null;
  readonly created_at: Instant;
  readonly started_at: Instant | null;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
  readonly tasks: readonly StepTask[];
}

/** A row of `pgflow.step_tasks`. */
export interface StepTask {
  readonly message_id: number;
  readonly status: 'queued' | 'started' | 'completed' | 'failed';
  readonly attempts_count: number;
  readonly error_message: string | null;
  readonly output: NullableJsonb;
  readonly queued_at: Instant;
  readonly started_at: Instant | null;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
  readonly last_worker_id: string | null;
}

/** The primary key of a task. */
export interface TaskKey {
  readonly run_id: string;
  readonly step_slug: string;
  readonly task_index: number;
}

/** A row of `pgflow.workers`. */
export interface Worker {
  readonly worker_id: string;
  readonly queue_name: string;
  readonly function_name: string;
  readonly started_at: Instant;
  readonly deprecated_at: Instant | null;
  readonly last_heartbeat_at: Instant;
}

/** A call of `realtime.send`, which is announced to whoever listens to the topic. */
export interface Broadcast {
  readonly payload: Jsonb;
  readonly event: string;
  readonly topic: string;
  readonly private: boolean;
}

export interface PgflowState {
  readonly flows: PersistentMap<Flow>;
  readonly runs: PersistentMap<Run>;
  readonly workers: PersistentMap<Worker>;
  /** By `flow_slug`, the queued tasks by `message_id`; a queue that was made anew counts from 1 again. */
  readonly queuedTasks: PersistentMap<QueuedTasks>;
  /** By id, from 1. */
  readonly broadcasts: IndexedTree<Broadcast>;
  /** The last id that was drawn for a broadcast; a refused command does not give its ids back. */
  readonly lastBroadcast: number;
  readonly pgmq: pgmq.PgmqState;
}

export type QueuedTasks = IndexedTree<readonly TaskKey[]>;

export const initialState: PgflowState = {
  flows: PersistentMap.empty(),
  runs: PersistentMap.empty(),
  workers: PersistentMap.empty(),
  queuedTasks: PersistentMap.empty(),
  broadcasts: IndexedTree.empty(),
  lastBroadcast: 0,
  pgmq: pgmq.emptyPgmq,
};
