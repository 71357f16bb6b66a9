import type { Deviation } from '../../contract/deviation.ts';
import { runId } from '../shared/run-ids.ts';
import { in081 } from './traces.ts';

export const typeViolationsAreAnnouncedWithoutAnError: Deviation = {
  id: 'type-violations-are-announced-without-an-error',
  title: 'If an output of the wrong type fails a run, run:failed does not carry the error.',
  documented: {
    says: 'run:failed carries error_message.',
    where: 'documentation at 0.8.1, reference/pgflow-client, "Run Events" and "Event Payloads"',
  },
  happens:
    'fail_task sends the error with run:failed, complete_task sends none. A client that shows event.error_message shows undefined. The step:failed that follows has the text.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'a' },
      { type: 'add_step', flow_slug: 'f', step_slug: 'm', deps_slugs: ['a'], step_type: 'map' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
      { type: 'start_tasks', flow_slug: 'f', msg_ids: [1], worker_id: null },
      { type: 'complete_task', run_id: runId(1), step_slug: 'a', task_index: 0, output: 1 },
    ),
  },
};
