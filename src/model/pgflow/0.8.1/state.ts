/** The tables of pgflow 0.8.1, nested by what belongs together: a flow with its steps, a run with its tasks. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Jsonb } from '../../kernel/jsonb.ts';
import { PersistentMap } from '../../kernel/persistent-map.ts';
import * as pgmq from '../../pgmq/state.ts';
import type { FlowOf, StepColumns } from '../shared/flow.ts';
import type * as queued from '../shared/queued-tasks.ts';
import type { RunColumns, StepStateColumns, StepTaskColumns } from '../shared/run.ts';

/** A row of `pgflow.steps`. */
export interface Step extends StepColumns {
  readonly step_type: 'single' | 'map';
  /** Seconds. */
  readonly opt_start_delay: number | null;
}
export type Flow = FlowOf<Step>;

/** A row of `pgflow.runs`, with its `step_states` in the order of their steps. */
export interface Run extends RunColumns {
  readonly step_states: readonly StepState[];
}

/** A row of `pgflow.step_states`, with the step's `step_tasks` by `task_index`: all of them begin at once. */
export interface StepState extends StepStateColumns {
  /** Null before the step has started. */
  readonly remaining_tasks: number | null;
  /** Null for a map that waits for its dependency. */
  readonly initial_tasks: number | null;
  readonly error_message: string | null;
  readonly tasks: readonly StepTask[];
}

/** A row of `pgflow.step_tasks`. */
export interface StepTask extends StepTaskColumns {
  readonly status: 'queued' | 'started' | 'completed' | 'failed';
  readonly started_at: Instant | null;
  readonly last_worker_id: string | null;
}

/** The primary key of a task. */
export interface TaskKey extends queued.TaskKey {
  readonly task_index: number;
}
export type QueuedTasks = queued.QueuedTasks<TaskKey>;

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

export const initialState: PgflowState = {
  flows: PersistentMap.empty(),
  runs: PersistentMap.empty(),
  workers: PersistentMap.empty(),
  queuedTasks: PersistentMap.empty(),
  broadcasts: IndexedTree.empty(),
  lastBroadcast: 0,
  pgmq: pgmq.emptyPgmq,
};
