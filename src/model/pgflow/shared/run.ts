/** What every release keeps of a run: the columns that none has changed so far. */
import type { Instant } from '../../kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../kernel/jsonb.ts';

/** A row of `pgflow.runs`. */
export interface RunColumns {
  readonly run_id: string;
  readonly flow_slug: string;
  readonly status: 'started' | 'failed' | 'completed';
  readonly input: Jsonb;
  readonly output: NullableJsonb;
  readonly remaining_steps: number;
  readonly started_at: Instant;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}

/** Of a row of `pgflow.step_states`. */
export interface StepStateColumns {
  readonly step_slug: string;
  readonly status: 'created' | 'started' | 'completed' | 'failed';
  readonly remaining_deps: number;
  readonly created_at: Instant;
  readonly started_at: Instant | null;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}

/** Of a row of `pgflow.step_tasks`. */
export interface StepTaskColumns {
  readonly message_id: number;
  readonly attempts_count: number;
  readonly error_message: string | null;
  readonly output: NullableJsonb;
  readonly queued_at: Instant;
  readonly completed_at: Instant | null;
  readonly failed_at: Instant | null;
}
