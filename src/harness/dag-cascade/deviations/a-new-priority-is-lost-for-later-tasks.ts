import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const aNewPriorityIsLostForLaterTasks: Deviation = {
  id: 'a-new-priority-is-lost-for-later-tasks',
  title: 'A new priority does not hold for tasks that come later.',
  documented: {
    says: 'set_priority sets the priority of a running flow, and all its tasks run with the priority that is forced on the flow.',
    where:
      'merlinm/pgflow at b378f7d, flow.sql, the comment on set_priority; flow_server.sql, the comment on force_priority',
  },
  happens:
    'The flow keeps the priority only if it had another one already: a comparison with NULL is never true. So only the tasks of that moment have it.',
  upstream: [],
  traces: {
    '1.0': commands(...running({ node: 'a', target: 't' }), {
      type: 'set_priority',
      _flow_id: 1,
      _priority: 5,
    }),
  },
};
