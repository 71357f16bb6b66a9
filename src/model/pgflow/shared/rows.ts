/** The rows of tables that no release has changed so far: their columns, in their order. */
import type { Instant } from '../../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../kernel/jsonb.ts';
import type { Dependency, FlowOf } from './flow.ts';

export const flowRow = (flow: FlowOf<unknown>) => ({
  flow_slug: flow.flow_slug,
  opt_max_attempts: flow.opt_max_attempts,
  opt_base_delay: flow.opt_base_delay,
  opt_timeout: flow.opt_timeout,
  created_at: flow.created_at,
});

export const depRow = (flow_slug: string, dep: Dependency) => ({
  flow_slug,
  dep_slug: dep.dep_slug,
  step_slug: dep.step_slug,
  created_at: dep.created_at,
});

/** The columns of `pgflow.runs`. */
interface RunColumns {
  readonly run_id: string;
  readonly flow_slug: string;
  readonly status: string;
  readonly input: Jsonb;
  readonly output: NullableJsonb;
  readonly remaining_steps: number;
  readonly started_at: Instant;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}

export const runRow = (run: RunColumns) => ({
  run_id: run.run_id,
  flow_slug: run.flow_slug,
  status: run.status,
  input: run.input,
  output: run.output,
  remaining_steps: run.remaining_steps,
  started_at: run.started_at,
  completed_at: run.completed_at,
  failed_at: run.failed_at,
});
