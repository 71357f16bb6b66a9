import type { Deviation } from '../../contract/deviation.ts';
import { in081 } from './traces.ts';

export const baseDelayIsFiveSecondsUnlessTold: Deviation = {
  id: 'base-delay-is-five-seconds-unless-told',
  title: 'A flow without a base delay gets five seconds.',
  documented: {
    says: 'The default of baseDelay is 1 second.',
    where:
      'documentation at 0.8.1, reference/configuration/step-execution, "baseDelay"; also the default of the column',
  },
  happens:
    'create_flow has its own default, 5, and always writes it. So the default of the table never applies. The first retry of such a flow comes after 10 seconds instead of 1.',
  upstream: [],
  traces: {
    '0.8.1': in081({ type: 'create_flow', flow_slug: 'f' }),
  },
};
