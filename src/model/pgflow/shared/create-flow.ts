/** `pgflow.create_flow`. The same in every release so far. */
import { checkViolation, notNullViolation, type SqlError } from '../../kernel/sql-error.ts';
import * as pgmq from '../../pgmq/create.ts';
import type { CreateFlow } from './commands.ts';
import type { DraftOf } from './draft.ts';
import type { FlowOf } from './flow.ts';
import { isValidSlug } from './is-valid-slug.ts';

type FlowDraft<Step> = Pick<DraftOf<Step, unknown, unknown>, 'flows' | 'pgmq' | 'now' | 'owner' | 'reached'>;

/** Where a model is to follow the documentation instead. */
interface Documented {
  /** Seconds, where none are given. */
  readonly defaultBaseDelay?: number;
  /** Whether a flow that is there already gets the options of the call. */
  readonly updatesOptions?: boolean;
  /** How many characters the name of its queue may have. */
  readonly longestQueueName?: number;
}

/** The options of a flow that is there already are left as they were. */
export function createFlow<Step>(
  draft: FlowDraft<Step>,
  command: CreateFlow,
  { defaultBaseDelay = 5, updatesOptions = false, longestQueueName }: Documented = {},
): FlowOf<Step> | SqlError {
  const { flow_slug, max_attempts = 3, base_delay = defaultBaseDelay, timeout = 60 } = command;

  // Surprise: the row is checked before anyone looks whether the flow exists.
  if (flow_slug === null) return notNullViolation('flow_slug');
  if (max_attempts === null) return notNullViolation('opt_max_attempts');
  if (base_delay === null) return notNullViolation('opt_base_delay');
  if (timeout === null) return notNullViolation('opt_timeout');
  if (base_delay < 0) return checkViolation('opt_base_delay_is_nonnegative');
  if (max_attempts < 0) return checkViolation('opt_max_attempts_is_nonnegative');
  if (timeout <= 0) return checkViolation('opt_timeout_is_positive');
  if (!isValidSlug(flow_slug)) return checkViolation('slug_is_valid');

  const existing = draft.flows.get(flow_slug);
  const options = { opt_max_attempts: max_attempts, opt_base_delay: base_delay, opt_timeout: timeout };
  const updated = existing && updatesOptions ? { ...existing, ...options } : existing;
  const flow = updated ?? { flow_slug, ...options, created_at: draft.now, steps: [], deps: [] };
  draft.reached.push(existing ? 'create_flow/flow-exists' : 'create_flow/flow-created');
  draft.flows = draft.flows.set(flow_slug, flow, draft.owner);

  if (draft.pgmq.meta.has(flow_slug)) {
    draft.reached.push('create_flow/queue-exists');
    return flow;
  }
  const refusal = pgmq.create(draft.pgmq, flow_slug, longestQueueName);
  if (refusal) return refusal;
  draft.reached.push(existing ? 'create_flow/queue-restored' : 'create_flow/queue-created');
  return flow;
}
