/** The private copy of the state that one command edits, plainly; nobody else sees it before the command is done. */
import type { Circumstances } from '../../kernel/transition.ts';
import * as pgmq from '../../pgmq/state.ts';
import { asGiven, type DraftOf, type Writable } from '../shared/draft.ts';
import { type QueuedTasks, type TaskKey, withoutQueued, withQueued } from '../shared/queued-tasks.ts';
import type { AsDocumented } from './deviations.ts';
import type { MessageRecord, PgflowState, Run, Step, StepState, StepTask } from './state.ts';

/** A run that a draft may edit; its rows are replaced, never edited. */
export type OpenRun = Writable<Omit<Run, 'step_states' | 'step_tasks'>> & {
  step_states: StepState[];
  step_tasks: StepTask[];
};

export interface Draft extends DraftOf<Step, Run, AsDocumented> {
  queuedTasks: QueuedTasks<TaskKey>;
  readonly messageRecord: MessageRecord;
}

export function draftOf(state: PgflowState, circumstances: Circumstances, asDocumented: AsDocumented): Draft {
  const queue = pgmq.draftOf(state.pgmq, circumstances.now);
  return {
    flows: state.flows,
    runs: state.runs,
    queuedTasks: state.queuedTasks,
    pgmq: queue,
    messageRecord: state.messageRecord,
    now: circumstances.now,
    uuid: circumstances.uuid,
    order: circumstances.order ?? asGiven,
    asDocumented,
    owner: queue.owner,
    reached: [],
  };
}

export function stateOf(draft: Draft): PgflowState {
  const { flows, runs, queuedTasks, messageRecord } = draft;
  return { flows, runs, queuedTasks, pgmq: pgmq.stateOf(draft.pgmq), messageRecord };
}

/** The run, open for editing in this draft; what is edited afterwards is part of the draft's state. */
export function openRun(draft: Draft, run_id: string | null): OpenRun | undefined {
  const run = run_id === null ? undefined : draft.runs.get(run_id);
  if (!run) return undefined;
  const open: OpenRun = {
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
    step_tasks: run.step_tasks.slice(),
  };
  draft.runs = draft.runs.set(open.run_id, open, draft.owner);
  return open;
}

/** The task, open for editing; what is edited afterwards is part of the run. */
export function openTask(run: OpenRun, index: number): Writable<StepTask> {
  const task = run.step_tasks[index]!;
  const open: Writable<StepTask> = {
    step_slug: task.step_slug,
    message_id: task.message_id,
    status: task.status,
    attempts_count: task.attempts_count,
    error_message: task.error_message,
    output: task.output,
    queued_at: task.queued_at,
    completed_at: task.completed_at,
    failed_at: task.failed_at,
  };
  run.step_tasks[index] = open;
  return open;
}

/** The state of a step, likewise. */
export function openState(run: OpenRun, index: number): Writable<StepState> {
  const state = run.step_states[index]!;
  const open: Writable<StepState> = {
    step_slug: state.step_slug,
    status: state.status,
    remaining_tasks: state.remaining_tasks,
    remaining_deps: state.remaining_deps,
    created_at: state.created_at,
    started_at: state.started_at,
    completed_at: state.completed_at,
    failed_at: state.failed_at,
  };
  run.step_states[index] = open;
  return open;
}

export function enqueue(draft: Draft, message_id: number, key: TaskKey): void {
  draft.queuedTasks = withQueued(draft.queuedTasks, message_id, key, draft.owner);
}

export function dequeue(draft: Draft, message_id: number, key: TaskKey): void {
  draft.queuedTasks = withoutQueued(draft.queuedTasks, message_id, key, draft.owner);
}
