import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const retriesWaitTwiceAsLong: Deviation = {
  id: 'retries-wait-twice-as-long',
  title: 'The first retry waits twice the base delay, and each later retry waits twice the documented delay.',
  documented: {
    says: 'baseDelay is the delay before the first retry: with 5 seconds the attempts are 5, 10, 20, ... seconds apart.',
    where:
      'documentation at 0.8.1, reference/configuration/step-execution, "baseDelay" and "Retry Delay Examples"',
  },
  happens:
    'The failed attempt is counted before the delay is computed, so the formula gives base_delay * 2 for the first retry: 10, 20, 40, ... seconds. The README of @pgflow/core has only the formula, with attempts_count in it. The formula matches what happens.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f', base_delay: 5 },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
      { type: 'fail_task', run_id: runId(1), step_slug: 'a', task_index: 0, error_message: 'boom' },
    ),
  },
};
