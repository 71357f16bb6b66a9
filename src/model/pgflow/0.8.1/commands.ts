/** The functions of pgflow 0.8.1 as commands: named after the SQL functions, parameters by the SQL's own names. */
import * as z from 'zod';
import { indexedText, int4, int8, jsonb, text, uuid } from '../../parameters/sql-types.ts';
import * as pgmq from '../../pgmq/commands.ts';
import * as shared from '../shared/commands.ts';
import { flow_slug, option, options, run_id, step_slug } from '../shared/parameters.ts';

const worker_id = uuid.nullable();
const queue_name = text.nullable();
/** There is an index on it. */
const workers_queue = indexedText.nullable();

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
export const cascadeCompleteTasklessSteps = z.strictObject({
  type: z.literal('cascade_complete_taskless_steps'),
  run_id,
});
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
  queue_name: workers_queue,
  function_name: text.nullable(),
});
/** Tells a worker to stop: again no function, its row is updated. */
export const deprecateWorker = z.strictObject({ type: z.literal('deprecate_worker'), worker_id });
/** A run deleted by hand, with its states and tasks; its messages stay. */
export const deleteRun = z.strictObject({ type: z.literal('delete_run'), run_id });

export const pgflowCommand = z.discriminatedUnion('type', [
  shared.createFlow,
  addStep,
  startFlow,
  startFlowWithStates,
  getRunWithStates,
  startTasks,
  shared.completeTask,
  shared.failTask,
  shared.startReadySteps,
  cascadeCompleteTasklessSteps,
  shared.maybeCompleteRun,
  setVtBatch,
  pollForTasks,
  insertWorker,
  deprecateWorker,
  deleteRun,
  shared.calculateRetryDelay,
  shared.isValidSlug,
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
export type StartFlow = z.infer<typeof startFlow>;
export type StartFlowWithStates = z.infer<typeof startFlowWithStates>;
export type StartTasks = z.infer<typeof startTasks>;
export type SetVtBatch = z.infer<typeof setVtBatch>;
export type InsertWorker = z.infer<typeof insertWorker>;
export type DeprecateWorker = z.infer<typeof deprecateWorker>;
export type DeleteRun = z.infer<typeof deleteRun>;
/** Functions of pgflow, what workers do to their own table, and an operator's hand on runs and queue. */
export type PgflowCommand = z.infer<typeof pgflowCommand>;
