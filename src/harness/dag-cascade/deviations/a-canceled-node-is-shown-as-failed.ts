import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aCanceledNodeIsShownAsFailed: Deviation = {
  id: 'a-canceled-node-is-shown-as-failed',
  title: 'v_flow_node_status shows a canceled node as failed.',
  documented: {
    says: 'A node has the status Cancelled where it was canceled, and Failed where its task failed.',
    where: 'merlinm/pgflow at b378f7d, flow_ui.sql, the statuses of v_flow_node_status and their colours',
  },
  happens:
    'Cancelled is shown only for nodes that have no task, or whose task was never canceled itself. A canceled task is processed and not FINISHED, and that is shown as Failed.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'cancel', _flow_id: 1 },
      { type: 'v_flow_node_status', flow_id: 1 },
    ),
  },
};
