import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const nodesThatNeverRanAreNotCountedAsFailed: Deviation = {
  id: 'nodes-that-never-ran-are-not-counted-as-failed',
  title: 'The counts of a flow leave out nodes that never ran.',
  documented: {
    says: 'The numbers of finished and failed nodes are kept with a flow so that they need not be counted again. In a flow that is over, a node without a task has failed.',
    where:
      'merlinm/pgflow at b378f7d, flow_server.sql, the comment on the counts of flow.flow; flow_ui.sql, v_flow_status_internal',
  },
  happens:
    'They are counted before the flow is marked as over. So in a chain of three whose first node fails, one node is counted as failed, and not three.',
  upstream: [],
  traces: { '1.0': commands(...running({ node: 'a', target: 't', dependencies: [{ parent: 'a' }] })) },
};
