import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aRestartedFlowShowsOldCounts: Deviation = {
  id: 'a-restarted-flow-shows-old-counts',
  title: 'A flow that is restarted shows the counts of its last run.',
  documented: {
    says: 'The numbers of nodes are kept with a flow when it is processed; of a flow that runs, they are counted.',
    where:
      'merlinm/pgflow at b378f7d, flow_server.sql, the comment on the counts of flow.flow; flow_ui.sql, v_flow_status',
  },
  happens:
    'restart_flow leaves the counts as they are, and the view takes them where there are any. So failures of the last run are shown until the new one is over.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'cancel', _flow_id: 1 },
      { type: 'restart_flow', _flow_id: 1, _node: 'a' },
    ),
  },
};
