/** The functions of pgflow 0.1.20 as commands: named after the SQL functions, parameters by the SQL's own names. */
import * as z from 'zod';
import { int4, jsonb } from '../../parameters/sql-types.ts';
import * as pgmq from '../../pgmq/commands.ts';
import { queueName } from '../../pgmq/parameters.ts';
import * as shared from '../shared/commands.ts';
import { flow_slug, options, step_slug } from '../shared/parameters.ts';

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

export const pgflowCommand = z.discriminatedUnion('type', [
  shared.createFlow,
  addStep,
  startFlow,
  pollForTasks,
  readWithPoll,
  shared.completeTask,
  shared.failTask,
  shared.startReadySteps,
  shared.maybeCompleteRun,
  shared.calculateRetryDelay,
  shared.isValidSlug,
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

export type AddStep = z.infer<typeof addStep>;
export type StartFlow = z.infer<typeof startFlow>;
export type PollForTasks = z.infer<typeof pollForTasks>;
export type ReadWithPoll = z.infer<typeof readWithPoll>;
/** Functions of pgflow, and an operator's hand on the queue. */
export type PgflowCommand = z.infer<typeof pgflowCommand>;
