import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aNodeWithoutTargetIsNeverRun: Deviation = {
  id: 'a-node-without-target-is-never-run',
  title: 'A node without a target is never run.',
  documented: {
    says: 'The name of a node is the procedure that is invoked, by default. Nothing says that a node needs a target.',
    where: 'merlinm/pgflow at b378f7d, README.md, "Node"',
  },
  happens:
    'No task is made for it. A flow of such nodes is finished at once. In the middle of a flow, its children are never started.',
  upstream: [],
  traces: { '1.0': commands(...running({ node: 'a' })) },
};
