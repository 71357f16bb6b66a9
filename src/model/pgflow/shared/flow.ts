/** What every release keeps of a flow; the columns of a step are the release's own. */
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

/** A row of `pgflow.deps`. */
export interface Dependency {
  readonly dep_slug: string;
  readonly step_slug: string;
  readonly created_at: Instant;
}
