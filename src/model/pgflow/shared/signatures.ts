/** The parameters of the functions of `commands.ts`; see `pgmq/signatures.ts` for why they are written here as well. */
import type { ParameterNames } from '../../kernel/signature.ts';
import { jsonbParameters as queueJsonb } from '../../pgmq/signatures.ts';
import type { Calculation, CompleteTask, CreateFlow, FailTask } from './commands.ts';

export const jsonbParameters: ReadonlySet<string> = new Set([...queueJsonb, 'input', 'output']);

export const options = ['max_attempts', 'base_delay', 'timeout'] as const;

export const parameterNames = {
  create_flow: ['flow_slug', ...options],
  complete_task: ['run_id', 'step_slug', 'task_index', 'output'],
  fail_task: ['run_id', 'step_slug', 'task_index', 'error_message'],
  start_ready_steps: ['run_id'],
  maybe_complete_run: ['run_id'],
  calculate_retry_delay: ['base_delay', 'attempts_count'],
  is_valid_slug: ['slug'],
} as const satisfies Partial<ParameterNames<Calculation | CompleteTask | CreateFlow | FailTask>> &
  Record<string, readonly string[]>;
