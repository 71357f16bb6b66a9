import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aFailedChildFlowIsAFinishedStep: Deviation = {
  id: 'a-failed-child-flow-is-a-finished-step',
  title: 'A step whose flow has failed is finished.',
  documented: {
    says: 'If any step of a node fails, the node fails, unless it is configured otherwise. When a flow that a step has started is over, the step is marked as well.',
    where:
      'merlinm/pgflow at b378f7d, flow_server.sql, the comments on all_steps_must_complete and on parent_task_id of flow.flow',
  },
  happens:
    'The step is always marked FINISHED. Its processing_error says that it ended with the flow, not what failed in it. So the node goes on as if all had gone well.',
  upstream: [],
  traces: {
    '1.0': commands(
      ...running({ node: 'a', target: 't' }),
      { type: 'create_flow', _flow: 'f', _parent_task_id: 1 },
      { type: 'finish', task_id: 2, _failed: true },
      { type: 'async_loop' },
    ),
  },
};
