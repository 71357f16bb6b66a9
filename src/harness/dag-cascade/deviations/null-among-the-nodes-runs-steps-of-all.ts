import type { Deviation } from '../../contract/deviation.ts';
import { commands, configureFlow, createFlow, start } from './traces.ts';

export const nullAmongTheNodesRunsStepsOfAll: Deviation = {
  id: 'null-among-the-nodes-runs-steps-of-all',
  title: 'With NULL in only_these_nodes, steps of all nodes run.',
  documented: {
    says: 'If only_these_nodes names some nodes, nothing is pushed for the others.',
    where: 'merlinm/pgflow at b378f7d, flow_server.sql, the comment in check_node_steps',
  },
  happens:
    'A name is compared with NULL as well, and that is neither true nor false. Then the node itself is passed over, but its steps run.',
  upstream: [],
  traces: {
    '1.0': commands(...start, configureFlow({ node: 'a', target: 't', steps: [1] }), {
      ...createFlow,
      _only_these_nodes: [null],
    }),
  },
};
