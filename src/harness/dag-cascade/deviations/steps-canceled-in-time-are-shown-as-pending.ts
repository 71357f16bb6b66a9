import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const stepsCanceledInTimeAreShownAsPending: Deviation = {
  id: 'steps-canceled-in-time-are-shown-as-pending',
  title: 'v_flow_node_status counts canceled steps as pending.',
  documented: {
    says: 'A step is pending until it runs.',
    where: 'merlinm/pgflow at b378f7d, flow_ui.sql, steps_pending of v_flow_node_status',
  },
  happens:
    'A step that was canceled before it ran is counted as pending for ever, also in a flow that is over.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'push_steps', _flow_id: 1, _node: 'a', _arguments: [1] },
      { type: 'cancel', _flow_id: 1 },
      { type: 'v_flow_node_status', flow_id: 1 },
    ),
  },
};
