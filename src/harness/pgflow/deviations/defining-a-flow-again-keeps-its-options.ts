import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const definingAFlowAgainKeepsItsOptions: Deviation = {
  id: 'defining-a-flow-again-keeps-its-options',
  title: 'Changed options are ignored when a flow is compiled and deployed again.',
  documented: {
    says: 'When the flow is compiled and deployed again, the options in the code overwrite manual changes.',
    where:
      'documentation at 0.8.1, deploy/tune-flow-config, the caution under "Example: Increasing Retries for API Calls"; "Updating Options Manually" on the same page says that the compiler does not update existing flows',
  },
  happens:
    'A flow is compiled to create_flow and add_step. Both keep the options of an existing row and return the old ones without a warning. So nothing overwrites a manual change, or the options of the first deployment.',
  upstream: [],
  traces: {
    '0.8.1': in081(
      { type: 'create_flow', flow_slug: 'f' },
      { type: 'create_flow', flow_slug: 'f', max_attempts: 5 },
    ),
  },
};
