import type { Deviation } from '../../contract/deviation.ts';
import { commands, running } from './traces.ts';

export const theSameStepTwiceRefusesAll: Deviation = {
  id: 'the-same-step-twice-refuses-all',
  title: 'The same step twice in one call is refused, and so are all others of the call.',
  documented: {
    says: 'A step that is there already is not pushed again.',
    where: 'merlinm/pgflow at b378f7d, flow_server.sql, push_tasks',
  },
  happens:
    'This holds for steps of earlier calls. Twice in one call, the unique index refuses the whole call with 23505.',
  upstream: [],
  traces: {
    '1.0': commands(...running({ node: 'a', target: 't' }), {
      type: 'push_steps',
      _flow_id: 1,
      _node: 'a',
      _arguments: [1, 1],
    }),
  },
};
