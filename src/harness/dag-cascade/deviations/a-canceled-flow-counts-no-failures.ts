import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aCanceledFlowCountsNoFailures: Deviation = {
  id: 'a-canceled-flow-counts-no-failures',
  title: 'A flow that is canceled has no failed nodes.',
  documented: {
    says: 'When a flow is processed, the numbers of its finished and failed nodes are kept with it.',
    where: 'merlinm/pgflow at b378f7d, flow_server.sql, the comment on the counts of flow.flow',
  },
  happens:
    'flow.cancel marks the flow as processed first, and that is when nodes are counted. Its tasks are canceled after that. So the flow is shown without a failed node, whatever was canceled.',
  upstream: [],
  traces: { '1.0': commands(...running({ node: 'a', target: 't' }), { type: 'cancel', _flow_id: 1 }) },
};
