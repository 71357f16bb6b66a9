/** The tables of pgflow 0.1.20, nested by what belongs together: a flow with its steps, a run with its tasks. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../kernel/jsonb.ts';
import { PersistentMap } from '../../kernel/persistent-map.ts';
import * as pgmq from '../../pgmq/state.ts';
import type { Dependency, FlowOf } from '../shared/flow.ts';

export type Flow = FlowOf<Step>;
export type { Dependency };

/** A row of `pgflow.steps`; its `step_type` is always `single`. */
export interface Step {
  readonly step_slug: string;
  readonly step_index: number;
  readonly deps_count: number;
  readonly opt_max_attempts: number | null;
  readonly opt_base_delay: number | null;
  readonly opt_timeout: number | null;
  readonly created_at: Instant;
}

/** A row of `pgflow.runs`, with its `step_states` and `step_tasks`. */
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
  readonly step_tasks: readonly StepTask[];
}

/** A row of `pgflow.step_states`. */
export interface StepState {
  readonly step_slug: string;
  readonly status: 'created' | 'started' | 'completed' | 'failed';
  readonly remaining_tasks: number;
  readonly remaining_deps: number;
  readonly created_at: Instant;
  readonly started_at: Instant | null;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}

/** A row of `pgflow.step_tasks`; its `task_index` is always 0. */
export interface StepTask {
  readonly step_slug: string;
  readonly message_id: number;
  readonly status: 'queued' | 'completed' | 'failed';
  readonly attempts_count: number;
  readonly error_message: string | null;
  readonly output: NullableJsonb;
  readonly queued_at: Instant;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}

/** The primary key of a task. */
export interface TaskKey {
  readonly run_id: string;
  readonly step_slug: string;
}

export interface PgflowState {
  readonly flows: PersistentMap<Flow>;
  readonly runs: PersistentMap<Run>;
  /** Queued tasks by `message_id`. Each queue counts its own ids, so tasks of several flows may share one. */
  readonly queuedTasks: IndexedTree<readonly TaskKey[]>;
  readonly pgmq: pgmq.PgmqState;
  readonly messageRecord: MessageRecord;
}

/**
 * Which columns the type `pgmq.message_record` has. Surprise: this release fills it by position, with five
 * columns. Since pgmq 1.10 a sixth stands between them, and every read that finds a message is refused.
 */
export type MessageRecord = 'as in pgmq 1.4' | 'as in pgmq 1.11';

export function initialState(messageRecord: MessageRecord = 'as in pgmq 1.4'): PgflowState {
  return {
    flows: PersistentMap.empty(),
    runs: PersistentMap.empty(),
    queuedTasks: IndexedTree.empty(),
    pgmq: pgmq.emptyPgmq,
    messageRecord,
  };
}
