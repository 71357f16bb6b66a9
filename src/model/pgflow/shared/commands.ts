/** Functions whose parameters no release has changed so far, as commands. */
import * as z from 'zod';
import { int4, jsonb, text } from '../../parameters/sql-types.ts';
import { flow_slug, options, run_id, step_slug, task_index } from './parameters.ts';

export const createFlow = z.strictObject({ type: z.literal('create_flow'), flow_slug, ...options });
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

export type CreateFlow = z.infer<typeof createFlow>;
export type CompleteTask = z.infer<typeof completeTask>;
export type FailTask = z.infer<typeof failTask>;
/** Functions that touch no table. */
export type Calculation = z.infer<typeof calculateRetryDelay> | z.infer<typeof isValidSlug>;
