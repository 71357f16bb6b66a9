import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const definingAFlowAgainKeepsItsOptions: Deviation = {
  id: 'defining-a-flow-again-keeps-its-options',
  title: 'Other options in a flow that is compiled and deployed again are ignored.',
  documented: {
    says: 'What was changed by hand is overwritten by the options in the code the next time the flow is compiled and deployed.',
    where:
      'documentation at 0.8.1, deploy/tune-flow-config, the caution under "Example: Increasing Retries for API Calls"; "Updating Options Manually" on the same page says that the compiler does not update existing flows',
  },
  happens:
    'create_flow and add_step, which is what a flow is compiled to, leave the options of what is there already as they are, and return the old ones without a word. So neither a change by hand nor the options of the first deployment are ever overwritten.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'create_flow', flow_slug: 'f', max_attempts: 5 },
    ),
  },
};
