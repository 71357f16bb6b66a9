/** How often and how soon a task that failed is tried again. The same in every release so far. */
import type { FlowOf, StepColumns } from './flow.ts';

/** The step's own options before those of its flow. */
export function retryOptions(flow: FlowOf<unknown>, step: StepColumns | undefined) {
  return {
    max_attempts: step?.opt_max_attempts ?? flow.opt_max_attempts,
    base_delay: step?.opt_base_delay ?? flow.opt_base_delay,
  };
}
