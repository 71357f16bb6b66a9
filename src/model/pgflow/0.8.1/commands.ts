/** The functions of pgflow 0.8.1 as commands: named after the SQL functions, parameters by the SQL's own names. */
import * as z from 'zod';
import { int4, int8, jsonb, text, uuid } from '../../parameters/sql-types.ts';
import * as pgmq from '../../pgmq/commands.ts';

const flow_slug = text.nullable();
const step_slug = text.nullable();
const run_id = uuid.nullable();
const worker_id = uuid.nullable();
const task_index = int4.nullable();
const queue_name = text.nullable();
/** Left out, the SQL's default; null, SQL NULL. */
const option = int4.nullable().optional();
/** `timeout` and `base_delay` are seconds. */
const options = { max_attempts: option, base_delay: option, timeout: option };

export const createFlow = z.strictObject({ type: z.literal('create_flow'), flow_slug, ...options });
export const addStep = z.strictObject({
  type: z.literal('add_step'),
  flow_slug,
  step_slug,
  deps_slugs: z.array(step_slug).nullable().optional(),
  ...options,
  /** Seconds. */
  start_delay: option,
  step_type: text.nullable().optional(),
});
const start = {
  flow_slug,
  /** Left out, SQL NULL. */
  input: jsonb.optional(),
  /** Left out or null, it is drawn. */
  run_id: run_id.optional(),
};
export const startFlow = z.strictObject({ type: z.literal('start_flow'), ...start });
export const startFlowWithStates = z.strictObject({ type: z.literal('start_flow_with_states'), ...start });
export const getRunWithStates = z.strictObject({ type: z.literal('get_run_with_states'), run_id });
export const startTasks = z.strictObject({
  type: z.literal('start_tasks'),
  flow_slug,
  msg_ids: z.array(int8).nullable(),
  worker_id,
});
export const completeTask = z.strictObject({
  type: z.literal('complete_task'),
  run_id,
  step_slug,
  task_index,
  /** Left out, SQL NULL. */
  output: jsonb.optional(),
});
export const failTask = z.strictObject({
  type: z.literal('fail_task'),
  run_id,
  step_slug,
  task_index,
  error_message: text.nullable(),
});
export const startReadySteps = z.strictObject({ type: z.literal('start_ready_steps'), run_id });
export const cascadeCompleteTasklessSteps = z.strictObject({
  type: z.literal('cascade_complete_taskless_steps'),
  run_id,
});
export const maybeCompleteRun = z.strictObject({ type: z.literal('maybe_complete_run'), run_id });
/** One offset for each message, in seconds from now. */
export const setVtBatch = z.strictObject({
  type: z.literal('set_vt_batch'),
  queue_name,
  msg_ids: z.array(int8).nullable(),
  vt_offsets: z.array(int4).nullable(),
});
export const pollForTasks = z.strictObject({
  type: z.literal('poll_for_tasks'),
  queue_name,
  /** Seconds. */
  vt: int4.nullable(),
  qty: int4.nullable(),
  max_poll_seconds: option,
  poll_interval_ms: option,
});
/** A worker makes itself known: no function does it, workers insert their own row. */
export const insertWorker = z.strictObject({
  type: z.literal('insert_worker'),
  worker_id,
  queue_name,
  function_name: text.nullable(),
});
/** Tells a worker to stop: again no function, its row is updated. */
export const deprecateWorker = z.strictObject({ type: z.literal('deprecate_worker'), worker_id });
/** A run deleted by hand, with its states and tasks; its messages stay. */
export const deleteRun = z.strictObject({ type: z.literal('delete_run'), run_id });
export const calculateRetryDelay = z.strictObject({
  type: z.literal('calculate_retry_delay'),
  base_delay: z.number().nullable(),
  attempts_count: int4.nullable(),
});
export const isValidSlug = z.strictObject({ type: z.literal('is_valid_slug'), slug: text.nullable() });

export const pgflowCommand = z.discriminatedUnion('type', [
  createFlow,
  addStep,
  startFlow,
  startFlowWithStates,
  getRunWithStates,
  startTasks,
  completeTask,
  failTask,
  startReadySteps,
  cascadeCompleteTasklessSteps,
  maybeCompleteRun,
  setVtBatch,
  pollForTasks,
  insertWorker,
  deprecateWorker,
  deleteRun,
  calculateRetryDelay,
  isValidSlug,
  pgmq.create,
  pgmq.dropQueue,
  pgmq.send,
  pgmq.read,
  pgmq.readWithPoll,
  pgmq.pop,
  pgmq.setVt,
  pgmq.deleteMessages,
  pgmq.archiveMessages,
  pgmq.purgeQueue,
]);

export type AddStep = z.infer<typeof addStep>;
export type CreateFlow = z.infer<typeof createFlow>;
export type StartFlow = z.infer<typeof startFlow>;
export type StartFlowWithStates = z.infer<typeof startFlowWithStates>;
export type StartTasks = z.infer<typeof startTasks>;
export type CompleteTask = z.infer<typeof completeTask>;
export type FailTask = z.infer<typeof failTask>;
export type SetVtBatch = z.infer<typeof setVtBatch>;
export type InsertWorker = z.infer<typeof insertWorker>;
export type DeprecateWorker = z.infer<typeof deprecateWorker>;
export type DeleteRun = z.infer<typeof deleteRun>;
/** Functions of pgflow, what workers do to their own table, and an operator's hand on runs and queue. */
export type PgflowCommand = z.infer<typeof pgflowCommand>;
