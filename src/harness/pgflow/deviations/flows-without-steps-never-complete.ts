import type { Deviation } from '../../contract/deviation.ts';
import { in0120 } from './traces.ts';

export const flowsWithoutStepsNeverComplete: Deviation = {
  id: 'flows-without-steps-never-complete',
  title: 'A run of a flow without steps stays started for ever.',
  documented: {
    says: 'When all steps of a run are completed, the run is completed.',
    where: '@pgflow/core 0.1.20, README, "Run Completion"',
  },
  happens:
    'The SQL checks whether a run is complete when a task completes, and such a run has no tasks. Its remaining_steps is 0 from the start. From 0.7.0 on start_flow checks too.',
  upstream: [],
  traces: {
    '0.1.20': in0120(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'start_flow', flow_slug: 'f', input: {} },
    ),
  },
};
