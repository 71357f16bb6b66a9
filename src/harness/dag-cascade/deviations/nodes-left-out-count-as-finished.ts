import type { Deviation } from '../../contract/deviation.ts';
import { commands, configureFlow, createFlow, start } from './traces.ts';

export const nodesLeftOutCountAsFinished: Deviation = {
  id: 'nodes-left-out-count-as-finished',
  title: 'Nodes that were left out count as finished.',
  documented: {
    says: 'If only_these_nodes names some nodes, the others are not processed.',
    where: 'merlinm/pgflow at b378f7d, flow_server.sql, the comment on only_these_nodes',
  },
  happens: 'The others get a task that is FINISHED at once, and are counted with those that ran.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...start,
      configureFlow({ node: 'a', target: 't' }),
      { ...createFlow, _only_these_nodes: [] },
      { type: 'v_flow_status', flow_id: 1 },
    ),
  },
};
