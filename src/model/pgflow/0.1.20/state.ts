/** The tables of pgflow 0.1.20, nested by what belongs together: a flow with its steps, a run with its tasks. */
import { IndexedTree } from '../../kernel/indexed-tree.ts';
import { PersistentMap } from '../../kernel/persistent-map.ts';
import * as pgmq from '../../pgmq/state.ts';
import type { FlowOf, StepColumns } from '../shared/flow.ts';
import type { QueuedTasks, TaskKey } from '../shared/queued-tasks.ts';
import type { RunColumns, StepStateColumns, StepTaskColumns } from '../shared/run.ts';

/** A row of `pgflow.steps`; its `step_type` is always `single`. */
export type Step = StepColumns;
export type Flow = FlowOf<Step>;

/** A row of `pgflow.runs`, with its `step_states` and `step_tasks`. */
export interface Run extends RunColumns {
  readonly step_states: readonly StepState[];
  readonly step_tasks: readonly StepTask[];
}

/** A row of `pgflow.step_states`. */
export interface StepState extends StepStateColumns {
  readonly remaining_tasks: number;
}

/** A row of `pgflow.step_tasks`; its `task_index` is always 0. */
export interface StepTask extends StepTaskColumns {
  readonly step_slug: string;
  readonly status: 'queued' | 'completed' | 'failed';
}

export interface PgflowState {
  readonly flows: PersistentMap<Flow>;
  readonly runs: PersistentMap<Run>;
  /** Each queue counts its own ids, so tasks of several flows may share one. */
  readonly queuedTasks: QueuedTasks<TaskKey>;
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
