import type { Deviation } from '../../contract/deviation.ts';
import { commands, configureFlow } from './traces.ts';

export const aCycleIsAccepted: Deviation = {
  id: 'a-cycle-is-accepted',
  title: 'A flow may depend on itself.',
  documented: {
    says: 'Flows are directed acyclic graphs, and the walk over their dependencies counts its depth to find cycles.',
    where:
      'merlinm/pgflow at b378f7d, README.md, "Flow"; flow_server.sql, the comment on the depth of walk_flow',
  },
  happens:
    'Nothing looks at the depth but to end the walk. Nodes on a cycle never start. The flow is finished all the same, at once if all its nodes are on cycles.',
  upstream: [],
  traces: { '1.0': commands(configureFlow({ node: 'a', dependencies: [{ parent: 'a' }] })) },
};
