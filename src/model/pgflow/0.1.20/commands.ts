/** The functions of pgflow 0.1.20 as commands: named after the SQL functions, parameters by the SQL's own names. */
import * as z from 'zod';
import { int4, jsonb, text, uuid } from '../../parameters/sql-types.ts';
import * as pgmq from '../../pgmq/commands.ts';
import { queueName } from '../../pgmq/parameters.ts';

const flow_slug = text.nullable();
const step_slug = text.nullable();
const run_id = uuid.nullable();
const task_index = int4.nullable();
/** Left out, the SQL's default; null, SQL NULL. */
const option = int4.nullable().optional();
/** `timeout` and `base_delay` are seconds. */
const options = { max_attempts: option, base_delay: option, timeout: option };

export const createFlow = z.strictObject({ type: z.literal('create_flow'), flow_slug, ...options });
export const addStep = z.strictObject({
  type: z.literal('add_step'),
  flow_slug,
  step_slug,
  /** Left out, the overload without dependencies is called. */
  deps_slugs: z.array(step_slug).nullable().optional(),
  ...options,
});
export const startFlow = z.strictObject({
  type: z.literal('start_flow'),
  flow_slug,
  /** Left out, SQL NULL. */
  input: jsonb.optional(),
});
const poll = {
  queue_name: queueName.nullable(),
  /** Seconds. */
  vt: int4.nullable(),
  qty: int4.nullable(),
  ...pgmq.poll,
};
export const pollForTasks = z
  .strictObject({ type: z.literal('poll_for_tasks'), ...poll })
  .refine(pgmq.looksEnough, pgmq.tooManyLooks);
export const readWithPoll = z
  .strictObject({ type: z.literal('read_with_poll'), ...poll, conditional: jsonb.optional() })
  .refine(pgmq.looksEnough, pgmq.tooManyLooks);
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
export const maybeCompleteRun = z.strictObject({ type: z.literal('maybe_complete_run'), run_id });
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
  pollForTasks,
  readWithPoll,
  completeTask,
  failTask,
  startReadySteps,
  maybeCompleteRun,
  calculateRetryDelay,
  isValidSlug,
  // The queue's own read_with_poll is not here: it cannot work beside the message_record of this release.
  pgmq.create,
  pgmq.dropQueue,
  pgmq.send,
  pgmq.read,
  pgmq.pop,
  pgmq.setVt,
  pgmq.deleteMessages,
  pgmq.archiveMessages,
  pgmq.purgeQueue,
]);

export type CreateFlow = z.infer<typeof createFlow>;
export type AddStep = z.infer<typeof addStep>;
export type StartFlow = z.infer<typeof startFlow>;
export type PollForTasks = z.infer<typeof pollForTasks>;
export type ReadWithPoll = z.infer<typeof readWithPoll>;
export type CompleteTask = z.infer<typeof completeTask>;
export type FailTask = z.infer<typeof failTask>;
export type CalculateRetryDelay = z.infer<typeof calculateRetryDelay>;
/** Functions of pgflow, and an operator's hand on the queue. */
export type PgflowCommand = z.infer<typeof pgflowCommand>;
