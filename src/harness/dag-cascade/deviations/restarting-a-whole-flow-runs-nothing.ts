import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const restartingAWholeFlowRunsNothing: Deviation = {
  id: 'restarting-a-whole-flow-runs-nothing',
  title: 'To restart a flow without naming a node runs nothing.',
  documented: {
    says: 'restart_flow runs a flow again that is finished; a node may be named to run only what is below it.',
    where: 'merlinm/pgflow at b378f7d, flow.sql, restart_flow and the default of its parameter',
  },
  happens: 'All tasks are deleted, and none is made. The next round marks the flow as finished.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'cancel', _flow_id: 1 },
      { type: 'restart_flow', _flow_id: 1 },
    ),
  },
};
