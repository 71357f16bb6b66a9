/** What every release keeps of a flow: the columns that none has changed so far. */
import type { Instant } from '../../kernel/instant.ts';

/** A row of `pgflow.flows`, with the rows of `steps` and `deps` that refer to it. Delays and timeouts are seconds. */
export interface FlowOf<Step> {
  readonly flow_slug: string;
  readonly opt_max_attempts: number;
  readonly opt_base_delay: number;
  readonly opt_timeout: number;
  readonly created_at: Instant;
  /** By `step_index`. */
  readonly steps: readonly Step[];
  readonly deps: readonly Dependency[];
}

/** Of a row of `pgflow.steps`. Delays and timeouts are seconds; where they are null, those of the flow are in force. */
export interface StepColumns {
  readonly step_slug: string;
  readonly step_index: number;
  readonly deps_count: number;
  readonly opt_max_attempts: number | null;
  readonly opt_base_delay: number | null;
  readonly opt_timeout: number | null;
  readonly created_at: Instant;
}

/** A row of `pgflow.deps`. */
export interface Dependency {
  readonly dep_slug: string;
  readonly step_slug: string;
  readonly created_at: Instant;
}
