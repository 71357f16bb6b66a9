import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const stepsCanBePushedToAFinishedNode: Deviation = {
  id: 'steps-can-be-pushed-to-a-finished-node',
  title: 'A step can be pushed to a node that is finished.',
  documented: {
    says: 'Steps are confirmed before their node is resolved, and a node is complete only when all its steps are.',
    where:
      'merlinm/pgflow at b378f7d, flow.sql, the comment on push_steps; flow_server.sql, the comment on check_node_steps',
  },
  happens:
    'The step runs, but nothing waits for it: the node stays finished, and its children may run before the step. If the step fails, the node does not.',
  upstream: [],
  traces: {
    '1.0': commands(...running({ node: 'a', target: 't', empty: true }), {
      type: 'push_steps',
      _flow_id: 1,
      _node: 'a',
      _arguments: [1],
    }),
  },
};
